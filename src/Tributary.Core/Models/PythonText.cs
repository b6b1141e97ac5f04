using System.Collections;
using System.Globalization;
using System.Text;

namespace Tributary.Core.Models;

/// <summary>Writes plain values as Python's <c>str()</c> and <c>repr()</c> do, because dbt builds names and hashes from them.</summary>
internal static class PythonText
{
    public static string Of(object? value) => value as string ?? Repr(value);

    public static string Repr(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => Quoted(text),
        double number => Number(number),
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(entry => $"{Quoted(entry.Key)}: {Repr(entry.Value)}"))}}}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Repr))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Shortest form that reads back, with at least one decimal; exponents from 1e16 on and below 1e-4.</summary>
    private static string Number(double number)
    {
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";
        var size = Math.Abs(number);
        if (size is not 0 and (< 1e-4 or >= 1e16))
        {
            var text = number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
            return text.Contains('e') ? text : number.ToString("0.################e+00", CultureInfo.InvariantCulture);
        }
        var plain = ((decimal)number).ToString(CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var shown = shortest.Contains('E') ? plain : shortest;
        return shown.Contains('.') ? shown : shown + ".0";
    }

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var c in text)
        {
            if (c == quote || c == '\\') result.Append('\\').Append(c);
            else if (c == '\n') result.Append("\\n");
            else if (c == '\r') result.Append("\\r");
            else if (c == '\t') result.Append("\\t");
            else if (c < ' ' || c == 0x7f) result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else result.Append(c);
        }
        return result.Append(quote).ToString();
    }
}
