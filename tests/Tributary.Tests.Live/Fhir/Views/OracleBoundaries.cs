using System.Globalization;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>The least and the greatest value that a date, a dateTime or a number may stand for.</summary>
internal static class OracleBoundaries
{
    public static List<OracleItem> Of(OracleItem item, bool isLow)
    {
        if (item.Number is { } number) return [OracleItem.Of(Number(number, isLow))];
        return item.Text is { } text ? [OracleItem.Of(Moment(text, isLow, item.IsDate || item.Type == "Date"))] : [];
    }

    private static decimal Number(decimal number, bool isLow)
    {
        var half = new decimal(5, 0, 0, false, (byte)(number.Scale + 1));
        return isLow ? number - half : number + half;
    }

    private static string Moment(string text, bool isLow, bool isDate)
    {
        if (text.Length > 10) return Clock(text, isLow);
        var month = text.Length > 4 ? text[5..7] : isLow ? "01" : "12";
        var last = DateTime.DaysInMonth(int.Parse(text[..4], CultureInfo.InvariantCulture), int.Parse(month, CultureInfo.InvariantCulture));
        var day = text.Length > 7 ? text[8..10] : isLow ? "01" : $"{last}";
        var whole = $"{text[..4]}-{month}-{day}";
        return isDate ? whole : isLow ? whole + "T00:00:00.000+14:00" : whole + "T23:59:59.999-12:00";
    }

    private static string Clock(string text, bool isLow)
    {
        var zone = text.EndsWith('Z') ? "Z" : text[^6] is '+' or '-' ? text[^6..] : "";
        var clock = text[11..^zone.Length];
        return text[..11] + clock + (isLow ? "00:00:00.000" : "23:59:59.999")[clock.Length..] + (zone.Length > 0 ? zone : isLow ? "+14:00" : "-12:00");
    }
}
