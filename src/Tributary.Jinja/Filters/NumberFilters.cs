using System.Globalization;
using System.Numerics;
using Tributary.Jinja.Functions;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that make and change numbers.</summary>
internal static class NumberFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("abs", "", (v, a) => Absolute(v, a.Context)),
        new("int", "default=0, base=10", ToWhole),
        new("float", "default=0", (v, a) => v is Undefined { IsChained: false } undefined ? throw undefined.Error() : ToFloat(v) ?? (a[0] is long number ? (double)number : a[0])),
        new("round", "precision=0, method='common'", (v, a) => Round(v, a)),
        new("filesizeformat", "binary=False", (v, a) => FileSize(v, a)),
        new("sum", "attribute=None, start=0", Sum),
    ];

    private static object Absolute(object? value, TemplateContext context)
    {
        if (value is null || !Numbers.IsNumber(value)) throw Wrong("abs", value);
        return value is double real ? Math.Abs(real) : Numbers.Compare(value, 0L) < 0 ? Arithmetic.Negate(value, context) : Arithmetic.Plus(value);
    }

    private static TemplateException Wrong(string filter, object? value) =>
        (value as Undefined)?.Error() ?? new TemplateException($"{filter} needs a number, not '{TypeNames.Of(value)}'");

    private static object? ToWhole(object? value, BoundArguments arguments)
    {
        switch (value)
        {
            case long or BigInteger:
                return value;
            case bool flag:
                return Boxed.Integer(flag ? 1 : 0);
            case double real:
                return double.IsFinite(real) ? Numbers.Whole(new BigInteger(real)) : arguments[0];
            case decimal exact:
                return Numbers.Whole(new BigInteger(exact));
            case string text:
                return WholeNumberText.TryRead(text, arguments.Integer(1)) ?? (ToFloat(text) is double real2 && double.IsFinite(real2) ? Numbers.Whole(new BigInteger(real2)) : arguments[0]);
            case Undefined { IsChained: false } undefined:
                throw undefined.Error();
            default:
                return arguments[0];
        }
    }

    private static object? ToFloat(object? value)
    {
        if (value is not string text) return value is not null && Numbers.IsNumber(value) ? Numbers.ToDouble(value) : null;
        var digits = text.Trim().Replace("_", "", StringComparison.Ordinal);
        return digits.ToLowerInvariant() switch
        {
            "nan" => double.NaN,
            "inf" or "infinity" or "+inf" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ => double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var real) ? real : null,
        };
    }

    private static object Round(object? value, BoundArguments arguments)
    {
        if (value is null || !Numbers.IsNumber(value)) throw Wrong("round", value);
        var precision = arguments.Integer(0);
        var method = arguments.Text(1);
        if (method is not ("common" or "ceil" or "floor")) throw new TemplateException("round: the method is 'common', 'ceil' or 'floor'");
        if (value is decimal exact && method == "common") return Math.Round(exact, Math.Clamp(precision, 0, 28), MidpointRounding.ToEven);
        if (Numbers.IsWhole(value) && method == "common") return RoundWhole(Numbers.ToBig(value), precision);
        var real = Numbers.ToDouble(value);
        if (method == "common") return RoundExactly(real, precision);
        var factor = Math.Pow(10, precision);
        return (method == "ceil" ? Math.Ceiling(real * factor) : Math.Floor(real * factor)) / factor;
    }

    private static object RoundWhole(BigInteger number, int precision)
    {
        if (precision >= 0) return Numbers.Whole(number);
        if (precision < -5_000) return Boxed.Integer(0);
        var unit = BigInteger.Pow(10, -precision);
        var half = unit / 2;
        var down = BigInteger.DivRem(BigInteger.Abs(number), unit, out var rest);
        if (rest > half || (rest == half && !down.IsEven)) down++;
        return Numbers.Whole(down * unit * number.Sign);
    }

    /// <summary>Rounds the exact value of the float, half to even, as Python does.</summary>
    private static double RoundExactly(double real, int precision)
    {
        if (!double.IsFinite(real) || precision > 300) return real;
        if (precision < 0)
        {
            var unit = Math.Pow(10, Math.Min(308, -precision));
            return Math.Round(real / unit, MidpointRounding.ToEven) * unit;
        }

        return double.Parse(real.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string FileSize(object? value, BoundArguments arguments)
    {
        if (ToFloat(value) is not double bytes) throw Wrong("filesizeformat", value);
        var isBinary = arguments.IsTrue(0);
        double unit = isBinary ? 1024 : 1000;
        if (bytes == 1) return "1 Byte";
        if (bytes < unit) return $"{(long)bytes} Bytes";
        var power = 0;
        for (bytes /= unit; bytes >= unit && power < 7; power++) bytes /= unit;
        var prefix = "kMGTPEZY"[power];
        return $"{RealText.Fixed(bytes, 1)} {(isBinary ? char.ToUpperInvariant(prefix) + "iB" : prefix + "B")}";
    }

    private static object? Sum(object? value, BoundArguments arguments)
    {
        var total = arguments[1];
        foreach (var item in Sequences.Of(value, arguments.Context))
        {
            total = Arithmetic.Apply(BinaryOperator.Add, total, ItemPath.Of(item, arguments[0], arguments.Context), arguments.Context);
        }

        return total;
    }
}
