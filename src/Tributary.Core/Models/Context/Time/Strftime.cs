using System.Globalization;
using System.Text;

namespace Tributary.Core.Models.Context.Time;

/// <summary>Writes and reads instants by Python's format directives (<c>%Y-%m-%d</c>), in the C locale.</summary>
internal static class Strftime
{
    public static string Format(DateTime at, TimeSpan? offset, string zone, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) text.Append(format[i]);
            else if (format[++i] == '-' && i + 1 < format.Length) text.Append(Directive(at, offset, zone, format[++i]).TrimStart('0') is { Length: > 0 } short_ ? short_ : "0");
            else text.Append(Directive(at, offset, zone, format[i]));
        }
        return text.ToString();
    }

    private static string Directive(DateTime at, TimeSpan? offset, string zone, char directive)
    {
        var plain = CultureInfo.InvariantCulture;
        return directive switch
        {
            'Y' => at.ToString("yyyy", plain),
            'y' => at.ToString("yy", plain),
            'm' => at.ToString("MM", plain),
            'd' => at.ToString("dd", plain),
            'H' => at.ToString("HH", plain),
            'I' => at.ToString("hh", plain),
            'M' => at.ToString("mm", plain),
            'S' => at.ToString("ss", plain),
            'f' => at.ToString("ffffff", plain),
            'p' => at.Hour < 12 ? "AM" : "PM",
            'j' => at.DayOfYear.ToString("000", plain),
            'a' => at.ToString("ddd", plain),
            'A' => at.ToString("dddd", plain),
            'b' or 'h' => at.ToString("MMM", plain),
            'B' => at.ToString("MMMM", plain),
            'w' => ((int)at.DayOfWeek).ToString(plain),
            'u' => (at.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)at.DayOfWeek).ToString(plain),
            'V' => ISOWeek.GetWeekOfYear(at).ToString("00", plain),
            'G' => ISOWeek.GetYear(at).ToString("0000", plain),
            'U' => ((at.DayOfYear + 6 - (int)at.DayOfWeek) / 7).ToString("00", plain),
            'W' => ((at.DayOfYear + 6 - (((int)at.DayOfWeek + 6) % 7)) / 7).ToString("00", plain),
            's' => new DateTimeOffset(at, offset ?? TimeSpan.Zero).ToUnixTimeSeconds().ToString(plain),
            'z' => offset is { } o ? Offset(o, "") : "",
            'Z' => zone,
            'F' => at.ToString("yyyy-MM-dd", plain),
            'T' or 'X' => at.ToString("HH:mm:ss", plain),
            'D' or 'x' => at.ToString("MM/dd/yy", plain),
            'c' => at.ToString("ddd MMM d HH:mm:ss yyyy", plain),
            '%' => "%",
            _ => "%" + directive,
        };
    }

    /// <summary>A time of day as ISO 8601 writes it, as exactly as <paramref name="timespec"/> says.</summary>
    public static string Iso(TimeSpan time, string timespec)
    {
        var form = timespec switch
        {
            "auto" => time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.ffffff",
            "hours" => "hh",
            "minutes" => @"hh\:mm",
            "seconds" => @"hh\:mm\:ss",
            "milliseconds" => @"hh\:mm\:ss\.fff",
            "microseconds" => @"hh\:mm\:ss\.ffffff",
            _ => throw new Jinja.TemplateException($"isoformat() does not know '{timespec}'", "Expected auto, hours, minutes, seconds, milliseconds or microseconds."),
        };
        return time.ToString(form, CultureInfo.InvariantCulture);
    }

    public static string Offset(TimeSpan offset, string colon) =>
        $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{colon}{Math.Abs(offset.Minutes):00}";

    /// <summary>The .NET pattern for a Python format, for reading; null when a directive has no counterpart.</summary>
    public static string? Pattern(string format)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                pattern.Append('\'').Append(format[i] == '\'' ? "\\'" : format[i]).Append('\'');
                continue;
            }
            var part = format[++i] switch
            {
                'Y' => "yyyy",
                'y' => "yy",
                'm' => "M",
                'd' => "d",
                'H' => "H",
                'I' => "h",
                'M' => "m",
                'S' => "s",
                'f' => "FFFFFF",
                'p' => "tt",
                'b' => "MMM",
                'B' => "MMMM",
                'a' => "ddd",
                'A' => "dddd",
                'z' => "zzz",
                'F' => "yyyy-M-d",
                'T' => "H:m:s",
                '%' => "'%'",
                _ => null,
            };
            if (part is null) return null;
            pattern.Append(part);
        }
        return pattern.ToString();
    }
}
