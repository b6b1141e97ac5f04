using System.Globalization;
using Tributary.Core.Models.Context.Time;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>
/// The run's one instant as SQL: <c>{{ as_of }}</c> is a timestamptz literal, <c>{{ as_of_date('America/New_York') }}</c> the
/// day in a zone. Reading either makes the node depend on the day of the run.
/// </summary>
internal static class AsOf
{
    public static object Instant(NodeContext context) => Literal(Read(context));

    public static string Literal(DateTimeOffset instant) =>
        $"'{instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00:00'::timestamptz";

    public static Function Day(NodeContext context) => new("as_of_date", "zone='UTC'", a =>
    {
        var instant = Read(context);
        var offset = ZoneValue.Find(a.Text(0)).OffsetAt(instant.UtcDateTime);
        return $"'{(instant.UtcDateTime + offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'::date";
    });

    private static DateTimeOffset Read(NodeContext context)
    {
        context.ReadAsOf = true;
        return context.Run?.AsOf ?? DateTimeOffset.UnixEpoch;
    }
}
