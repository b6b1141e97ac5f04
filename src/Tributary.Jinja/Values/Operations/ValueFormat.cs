using System.Globalization;
using System.Numerics;

namespace Tributary.Jinja.Values.Operations;

/// <summary>Lays out one value by a <see cref="FormatSpec"/>, as Python's <c>format()</c> does.</summary>
internal static class ValueFormat
{
    public static string Apply(object? value, FormatSpec spec, TemplateContext context)
    {
        context.Charge(spec.Width);
        if (value is string or null or not (long or bool or double or decimal or BigInteger)) return Text(value, spec, context);
        if (value is bool && spec.Type == '\0') return Text(value, spec, context);
        var digits = Digits(value, spec, out var isNegative);
        var sign = isNegative ? "-" : spec.Sign == '\0' ? "" : spec.Sign.ToString();
        return Pad(sign, digits, spec, '>');
    }

    private static string Text(object? value, FormatSpec spec, TemplateContext context)
    {
        if (spec.Type is not ('\0' or 's')) throw NoSuchType(spec.Type, value);
        var text = ValueText.Of(value, context);
        if (spec.Precision is { } most && text.Length > most) text = text[..most];
        return Pad("", text, spec, '<');
    }

    private static string Pad(string sign, string body, FormatSpec spec, char usual)
    {
        var missing = spec.Width - sign.Length - body.Length;
        if (missing <= 0) return sign + body;
        return (spec.Align == '\0' ? usual : spec.Align) switch
        {
            '<' => sign + body + new string(spec.Fill, missing),
            '^' => new string(spec.Fill, missing / 2) + sign + body + new string(spec.Fill, missing - (missing / 2)),
            '=' => sign + new string(spec.Fill, missing) + body,
            _ => new string(spec.Fill, missing) + sign + body,
        };
    }

    private static string Digits(object value, FormatSpec spec, out bool isNegative)
    {
        if (spec.Type is '\0' && !Numbers.IsWhole(value)) return General(value, spec, out isNegative);
        if (spec.Type is '\0' or 'd' or 'n' or 'x' or 'X' or 'o' or 'b' or 'c')
        {
            if (!Numbers.IsWhole(value)) throw NoSuchType(spec.Type, value);
            var number = Numbers.ToBig(value);
            isNegative = number.Sign < 0;
            return Whole(BigInteger.Abs(number), spec);
        }

        var real = Numbers.ToDouble(value);
        isNegative = double.IsNegative(real);
        if (value is decimal exact && spec.Type is 'f' or 'F')
        {
            return Group(Math.Abs(exact).ToString("F" + (spec.Precision ?? 6), CultureInfo.InvariantCulture), spec.Grouping);
        }

        return Group(Real(Math.Abs(real), spec), spec.Grouping);
    }

    private static string General(object value, FormatSpec spec, out bool isNegative)
    {
        var real = Numbers.ToDouble(value);
        isNegative = double.IsNegative(real);
        if (spec.Precision is not null) return RealText.General(Math.Abs(real), spec.Precision.Value, spec.IsAlternate) is var text && text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : RealText.General(Math.Abs(real), spec.Precision.Value, spec.IsAlternate);
        return Group(value is decimal exact ? Math.Abs(exact).ToString(CultureInfo.InvariantCulture) : FloatText.Of(Math.Abs(real)), spec.Grouping);
    }

    private static string Whole(BigInteger number, FormatSpec spec) => spec.Type switch
    {
        'x' => (spec.IsAlternate ? "0x" : "") + Hexadecimal(number),
        'X' => (spec.IsAlternate ? "0X" : "") + Hexadecimal(number).ToUpperInvariant(),
        'b' => (spec.IsAlternate ? "0b" : "") + Radix(number, 1),
        'o' => (spec.IsAlternate ? "0o" : "") + Radix(number, 3),
        'c' => number <= 0x10FFFF && (number < 0xD800 || number > 0xDFFF) ? char.ConvertFromUtf32((int)number) : throw new TemplateException("%c needs the number of a character"),
        _ => Group(number.ToString(CultureInfo.InvariantCulture), spec.Grouping),
    };

    private static string Hexadecimal(BigInteger number) =>
        number.IsZero ? "0" : number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    private static string Radix(BigInteger number, int bits)
    {
        if (number.IsZero) return "0";
        var digits = new Stack<char>();
        for (; !number.IsZero; number >>= bits) digits.Push((char)('0' + (int)(number & ((1 << bits) - 1))));
        return new string([.. digits]);
    }

    private static string Real(double real, FormatSpec spec) => spec.Type switch
    {
        'f' or 'F' => RealText.Fixed(real, spec.Precision ?? 6),
        'e' => RealText.Scientific(real, spec.Precision ?? 6),
        'E' => RealText.Scientific(real, spec.Precision ?? 6).ToUpperInvariant(),
        'g' => RealText.General(real, spec.Precision ?? 6, spec.IsAlternate),
        'G' => RealText.General(real, spec.Precision ?? 6, spec.IsAlternate).ToUpperInvariant(),
        '%' => RealText.Fixed(real * 100, spec.Precision ?? 6) + "%",
        _ => throw NoSuchType(spec.Type, real),
    };

    private static string Group(string digits, char separator)
    {
        if (separator == '\0') return digits;
        var whole = digits.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? digits.Length : end;
        for (var at = whole - 3; at > 0; at -= 3) digits = digits.Insert(at, separator.ToString());
        return digits;
    }

    private static TemplateException NoSuchType(char type, object? value) =>
        (value as Undefined)?.Error() ?? new TemplateException($"a value of type '{TypeNames.Of(value)}' cannot be formatted as '{type}'");
}
