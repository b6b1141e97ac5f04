using System.Globalization;

namespace Tributary.Core.Models.Seeds;

/// <summary>Days and instants in the forms that dbt takes for them; anything else is text.</summary>
internal static class SeedTime
{
    private static readonly string[] IsoTimes = ["HH:mm:ss", "HHmmss", "HH:mm", "HHmm", "HH"];

    /// <summary><c>2025-1-3</c>: four digits of the year, one or two of the others.</summary>
    public static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length is < 8 or > 10 || text[4] != '-') return false; // spares the parser what most values are
        if (text.Length == 10 && text[7] == '-' && TryDigits(text[..4], out var year) && TryDigits(text[5..7], out var month) && TryDigits(text[8..], out var number))
        {
            if (year == 0 || month is 0 or > 12 || number == 0 || number > DateTime.DaysInMonth(year, month)) return false;
            day = new DateOnly(year, month, number);
            return true;
        }
        return DateOnly.TryParseExact(text, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary><c>2025-01-02 3:04:05</c>.</summary>
    public static bool TryMoment(ReadOnlySpan<char> text, out DateTime moment)
    {
        moment = default;
        if (text.Length is < 14 or > 19 || text[4] != '-') return false;
        if (text.Length == 19 && text[10] == ' ' && text[13] == ':' && text[16] == ':' && TryDay(text[..10], out var day)
            && TryDigits(text[11..13], out var hour) && TryDigits(text[14..16], out var minute) && TryDigits(text[17..], out var second))
        {
            if (hour > 23 || minute > 59 || second > 59) return false;
            moment = day.ToDateTime(new TimeOnly(hour, minute, second));
            return true;
        }
        return DateTime.TryParseExact(text, "yyyy-M-d H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    /// <summary>ISO 8601 with its T, with or without separators, fractions of seconds and a zone (<paramref name="offset"/>).</summary>
    public static bool TryIso(ReadOnlySpan<char> text, out DateTime moment, out TimeSpan? offset)
    {
        (moment, offset) = (default, null);
        var t = text.IndexOf('T');
        if (t is not (8 or 10) || !DateOnly.TryParseExact(text[..t], t == 8 ? "yyyyMMdd" : "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
        var time = text[(t + 1)..];
        if (!TryZone(ref time, out offset) || !TryFraction(ref time, out var ticks)) return false;
        if (!TimeOnly.TryParseExact(time, IsoTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)) return false;
        moment = day.ToDateTime(clock).AddTicks(ticks);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = (number * 10) + c - '0';
        }
        return true;
    }

    /// <summary>Takes <c>Z</c>, <c>+02</c>, <c>+0200</c> or <c>+02:00</c> off the end.</summary>
    private static bool TryZone(ref ReadOnlySpan<char> time, out TimeSpan? offset)
    {
        offset = null;
        if (time is [.. var before, 'Z'])
        {
            time = before;
            offset = TimeSpan.Zero;
            return true;
        }
        var sign = time.IndexOfAny('+', '-');
        if (sign < 0) return true;
        var zone = time[(sign + 1)..];
        if (!TimeOnly.TryParseExact(zone, ["HH:mm", "HHmm", "HH"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var away) || away.Hour > 14) return false;
        offset = time[sign] == '-' ? -away.ToTimeSpan() : away.ToTimeSpan();
        time = time[..sign];
        return true;
    }

    /// <summary>Takes a fraction of a second off the end, to the microsecond.</summary>
    private static bool TryFraction(ref ReadOnlySpan<char> time, out long ticks)
    {
        ticks = 0;
        var point = time.IndexOfAny('.', ',');
        if (point < 0) return true;
        var digits = time[(point + 1)..];
        if (point is not (6 or 8) || digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) return false;
        for (var i = 0; i < 6; i++) ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        ticks *= TimeSpan.TicksPerMicrosecond;
        time = time[..point];
        return true;
    }
}
