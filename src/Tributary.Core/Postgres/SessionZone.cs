namespace Tributary.Core.Postgres;

/// <summary>Which time zone sessions work in: UTC, or what server, database or role say.</summary>
public enum SessionZone
{
    Utc,
    OfServer,
}
