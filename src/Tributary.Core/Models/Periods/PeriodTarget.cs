using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Periods;

/// <summary>
/// What the materialization <c>period</c> is told of the one period that it publishes, and what it tells back. <paramref name="IsGone"/>: the
/// table was lost and is being made again, so that the same content must be written once more.
/// </summary>
internal sealed record PeriodTarget(Period Period, PublishedPeriod? Known, bool Stands, bool IsGone)
{
    /// <summary>What the period is made of; known once its SQL is.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>It was published with other content than before, or for the first time.</summary>
    public bool IsNew { get; private set; }

    public long Rows { get; private set; }

    public void Prepare(NodeContext context, WarehouseSession session, RunContext run, string node)
    {
        context["period_stands"] = Stands;
        context["period_digest"] = IsGone ? null : Known?.Digest;
        context["period_version"] = new Function("period_version", "digest", a => (long)VersionOf(a.Text(0)));
        context["publish_period"] = new Function("publish_period", "digest, rows", a =>
        {
            var (digest, rows) = (a.Text(0), Convert.ToInt64(a[1], CultureInfo.InvariantCulture));
            (IsNew, Rows) = (digest != Known?.Digest, rows);
            object[] values = [run.Key.Project, run.Key.Target, node, Period.FirstDay, Period.EndDay, Period.Label, VersionOf(digest), rows, digest, Fingerprint, run.RunId, run.AsOf.UtcDateTime, run.Clock.GetUtcNow().UtcDateTime];
            session.Rows(Sql.Read("Models/Periods/write_period.sql"), [.. values.Select(TextOf)]);
            return "";
        });
    }

    private static object TextOf(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private int VersionOf(string digest) => Known is null ? 1 : digest == Known.Digest ? Known.Version : Known.Version + 1;
}
