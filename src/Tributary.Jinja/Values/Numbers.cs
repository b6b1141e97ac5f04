using System.Numerics;

namespace Tributary.Jinja.Values;

/// <summary>The tower of numbers: whole (long, BigInteger beyond), decimal, float; a truth value counts as 0 or 1.</summary>
internal static class Numbers
{
    public static bool IsNumber(object? value) => value is long or double or bool or BigInteger or decimal;

    public static bool IsWhole(object? value) => value is long or bool or BigInteger;

    public static BigInteger ToBig(object value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => (BigInteger)value,
    };

    public static double ToDouble(object value) => value switch
    {
        double number => number,
        long number => number,
        bool flag => flag ? 1 : 0,
        decimal number => (double)number,
        _ => (double)(BigInteger)value,
    };

    public static decimal ToDecimal(object value)
    {
        try
        {
            return value switch
            {
                decimal number => number,
                long number => number,
                bool flag => flag ? 1 : 0,
                _ => (decimal)(BigInteger)value,
            };
        }
        catch (OverflowException e)
        {
            throw new TemplateException("the number is too large for a decimal", inner: e);
        }
    }

    public static bool TryToLong(object? value, out long number)
    {
        number = value switch { long n => n, bool flag => flag ? 1 : 0, _ => 0 };
        return value is long or bool;
    }

    /// <summary>A long when it fits, else the BigInteger.</summary>
    public static object Whole(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Boxed.Integer((long)value) : value;

    public static int Compare(object left, object right)
    {
        if (left is long x && right is long y) return x.CompareTo(y);
        if (IsWhole(left) && IsWhole(right)) return ToBig(left).CompareTo(ToBig(right));
        if (left is double || right is double) return CompareFloats(left, right);
        return ToDecimal(left).CompareTo(ToDecimal(right));
    }

    public static bool AreEqual(object left, object right)
    {
        if (left is double or decimal || right is double or decimal)
        {
            var (a, b) = (ToDouble(left), ToDouble(right));
            return a == b && (left is double && right is double || Compare(left, right) == 0);
        }

        return ToBig(left) == ToBig(right);
    }

    public static int Hash(object value) => value switch
    {
        long number => number.GetHashCode(),
        bool flag => flag ? 1 : 0,
        double number => Math.Abs(number) < 9e18 && number == Math.Floor(number) ? ((long)number).GetHashCode() : number.GetHashCode(),
        decimal number => Hash((double)number),
        BigInteger number => ((double)number).GetHashCode(),
        _ => value.GetHashCode(),
    };

    private static int CompareFloats(object left, object right)
    {
        // A whole number beyond 2^53 must not be rounded to meet a float.
        if (left is BigInteger or long && right is double r && double.IsFinite(r) && r == Math.Floor(r)) return ToBig(left).CompareTo(new BigInteger(r));
        if (right is BigInteger or long && left is double l && double.IsFinite(l) && l == Math.Floor(l)) return new BigInteger(l).CompareTo(ToBig(right));
        return ToDouble(left).CompareTo(ToDouble(right));
    }
}
