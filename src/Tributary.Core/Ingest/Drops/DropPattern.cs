using System.Globalization;
using System.Text;
using Tributary.Core.Ingest.Formats.Csv.Fields;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Reads the instant of a drop out of its folder's name.</summary>
internal sealed class DropPattern(string pattern, IReadOnlyList<string> forms, TimeZoneInfo zone)
{
    public static readonly IReadOnlyList<string> UsualForms =
    [
        "yyyyMMddHHmmss", "yyyyMMddTHHmmssK", "yyyyMMdd_HHmmss", "yyyyMMdd-HHmmss", "yyyyMMddHHmm", "yyyyMMdd",
        "yyyy-MM-ddTHH:mm:ssFK", "yyyy-MM-ddTHH-mm-ssK", "yyyy-MM-dd_HH-mm-ss", "yyyy-MM-dd-HH-mm-ss", "yyyy-MM-dd HH-mm-ss", "yyyy-MM-dd",
        Unix, UnixMilliseconds,
    ];

    /// <summary>Seconds since 1970, ten digits.</summary>
    private const string Unix = "unix";

    /// <summary>Milliseconds since 1970, thirteen digits.</summary>
    private const string UnixMilliseconds = "unix_ms";

    private readonly string[] parts = pattern.TrimEnd('/').Split("{timestamp}");
    private readonly (string Name, MomentForm? Form)[] known = [.. forms.Select(form => (form, MomentForm.TryCreate(form)))];

    public static bool IsForm(string form) => form is Unix or UnixMilliseconds || MomentForm.TryCreate(form) is not null;

    /// <summary>The prefix that every drop's name has.</summary>
    public string Prefix => parts[0];

    /// <summary>Null when the name is none of a drop. Of an hour that comes twice the first one counts.</summary>
    public DateTimeOffset? Read(string name)
    {
        if (name.Length <= parts[0].Length + parts[1].Length) return null;
        if (!name.StartsWith(parts[0], StringComparison.Ordinal) || !name.EndsWith(parts[1], StringComparison.Ordinal)) return null;
        var text = name[parts[0].Length..(name.Length - parts[1].Length)].TrimStart('_', '-', ' ');
        foreach (var (form, moments) in known)
        {
            if ((moments is null ? ReadUnix(text, form) : ReadMoment(text, moments)) is { } at) return at;
        }
        return null;
    }

    private static DateTimeOffset? ReadUnix(string text, string form)
    {
        if (text.Length != (form == Unix ? 10 : 13) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        return form == Unix ? DateTimeOffset.FromUnixTimeSeconds(count) : DateTimeOffset.FromUnixTimeMilliseconds(count);
    }

    private DateTimeOffset? ReadMoment(string text, MomentForm form)
    {
        if (!form.TryRead(Encoding.UTF8.GetBytes(text), out var moment)) return null;
        var local = new DateTime(2000, 1, 1).AddMicroseconds(moment.Ticks);
        if (moment.OffsetMinutes is { } minutes) return new DateTimeOffset(local, TimeSpan.FromMinutes(minutes)).ToUniversalTime();
        // A night in which the clock leaps has drops too: the hour that is left out is read with the offset before it.
        if (zone.IsInvalidTime(local)) return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-3))).ToUniversalTime();
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
