namespace Tributary.Core.Jobs;

/// <summary>Names of the IANA time zone database.</summary>
internal static class Zones
{
    public const string Hint = "Write it as Area/City, such as Europe/Berlin, or UTC.";

    public static bool IsKnown(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}
