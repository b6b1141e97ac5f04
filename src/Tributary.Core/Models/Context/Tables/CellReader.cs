using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Tributary.Core.Models.Context.Time;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>One value as PostgreSQL writes it → the value that Python's driver and agate make of it; documents and arrays become JSON text.</summary>
internal static class CellReader
{
    public static object? Read(uint type, string text) => type switch
    {
        16 => text == "t",
        20 or 21 or 23 or 26 => long.Parse(text, CultureInfo.InvariantCulture),
        1700 => Number(text),
        700 or 701 => Real(double.Parse(text, CultureInfo.InvariantCulture)),
        1082 => Day(text),
        1114 or 1184 => Instant(text),
        1083 or 1266 => TimeOfDay(text),
        1186 => Span(text),
        114 or 3802 => Document(text),
        _ when ArrayText.ElementOf(type) is { } element => JsonText.Of(ArrayText.Read(text, element), new TemplateContext(new Scope())),
        _ => text,
    };

    /// <summary>
    /// A decimal with the digits that the text shows. What has more of them than a decimal is a whole number, or the text itself, so that no digit is
    /// lost; what is no number is a float.
    /// </summary>
    private static object Number(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && IsExact(number, text)) return number;
        if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return text.Length > LongestDecimal && char.IsAsciiDigit(text[^1]) ? text : double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Every text that is as short fits into a decimal.</summary>
    private const int LongestDecimal = 28;

    private static bool IsExact(decimal number, string text) => text.Length <= LongestDecimal || number.ToString(CultureInfo.InvariantCulture) == text;

    /// <summary>agate makes a decimal of a float's shortest text: 3.0 keeps its nought.</summary>
    private static object Real(double number) => double.IsFinite(number) ? Number(PythonText.Of(number)) : number;

    private static object Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateValue(day) : text;

    /// <summary>With the zone of the session when the type has one: <c>2024-01-31 10:00:00.5+05:30</c>.</summary>
    private static object Instant(string text)
    {
        var sign = text.AsSpan(10 < text.Length ? 10 : text.Length).IndexOfAny('+', '-');
        var wallText = sign < 0 ? text : text[..(10 + sign)];
        if (!DateTime.TryParseExact(wallText, "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)) return text;
        if (sign < 0) return new DateTimeValue(wall);
        var parts = text[(10 + sign + 1)..].Split(':');
        var offset = new TimeSpan(Part(parts, 0), Part(parts, 1), Part(parts, 2));
        if (text[10 + sign] == '-') offset = -offset;
        return new DateTimeValue(wall, offset, offset == TimeSpan.Zero ? "UTC" : "UTC" + Strftime.Offset(offset, ":"));
    }

    private static int Part(string[] parts, int index) => index < parts.Length ? int.Parse(parts[index], CultureInfo.InvariantCulture) : 0;

    /// <summary>Python writes parts of a second with six digits.</summary>
    private static string TimeOfDay(string text)
    {
        var dot = text.IndexOf('.');
        if (dot < 0) return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return text[..dot] + "." + text[(dot + 1)..end].PadRight(6, '0') + text[end..];
    }

    /// <summary>A timedelta as text: years count 365 days and months 30, as the driver has it.</summary>
    private static string Span(string text)
    {
        var total = TimeSpan.Zero;
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Contains(':')) total += Clock(words[i]);
            else if (i + 1 < words.Length && int.TryParse(words[i], CultureInfo.InvariantCulture, out var count)) total += TimeSpan.FromDays(count * DaysOf(words[++i]));
        }
        return new SpanValue(total).ToString();
    }

    private static int DaysOf(string unit) => unit[0] switch { 'y' => 365, 'm' => 30, _ => 1 };

    private static TimeSpan Clock(string text)
    {
        var parts = text.TrimStart('-', '+').Split(':');
        var seconds = decimal.Parse(parts[^1], CultureInfo.InvariantCulture);
        var span = TimeSpan.FromHours(int.Parse(parts[0], CultureInfo.InvariantCulture)) + TimeSpan.FromMinutes(Part(parts, 1)) + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return text[0] == '-' ? -span : span;
    }

    private static object? Document(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        if (root.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return JsonText.Of(HostValue.From(root), new TemplateContext(new Scope()));
        return root.ValueKind == JsonValueKind.Number ? Read(root.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? 20u : 701u, root.GetRawText()) : HostValue.From(root);
    }
}
