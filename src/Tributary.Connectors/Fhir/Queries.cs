using System.Globalization;

namespace Tributary.Connectors.Fhir;

/// <summary>The words of a search: how instants and ids are written, and which parameters an address carries.</summary>
internal static class Queries
{
    /// <summary>In whole milliseconds, as every server understands them, and never later than the instant itself.</summary>
    public static DateTime Floor(DateTime instant) => new(instant.Ticks - instant.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    public static string Instant(DateTime instant) => Floor(instant).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Ids as one value; what separates values in a search is escaped.</summary>
    public static string Ids(IEnumerable<string> ids) => string.Join(',', ids.Select(id => Uri.EscapeDataString(Escaped(id))));

    /// <summary>The names of the parameters, without modifiers such as <c>:exact</c>.</summary>
    public static IEnumerable<string> Names(string query) =>
        query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Uri.UnescapeDataString(part.Split('=')[0]).Split(':')[0]);

    private static string Escaped(string id) =>
        id.AsSpan().IndexOfAny("\\,|$") < 0 ? id
            : id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
                .Replace("|", "\\|", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);
}
