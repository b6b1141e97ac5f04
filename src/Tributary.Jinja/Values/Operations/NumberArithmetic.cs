using System.Numerics;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Values.Operations;

/// <summary>Arithmetic on numbers: whole numbers never overflow, <c>/</c> gives a float, <c>//</c> and <c>%</c> round down.</summary>
internal static class NumberArithmetic
{
    public static object Apply(BinaryOperator op, object left, object right, TemplateContext context)
    {
        if (left is long x && right is long y && TryLongs(op, x, y) is { } quick) return quick;
        if (left is double || right is double) return Floats(op, Numbers.ToDouble(left), Numbers.ToDouble(right));
        if (left is decimal || right is decimal) return Decimals(op, Numbers.ToDecimal(left), Numbers.ToDecimal(right));
        return Wholes(op, Numbers.ToBig(left), Numbers.ToBig(right), context);
    }

    private static object? TryLongs(BinaryOperator op, long x, long y)
    {
        long result;
        switch (op)
        {
            case BinaryOperator.Add:
                result = unchecked(x + y);
                return ((x ^ result) & (y ^ result)) < 0 ? null : Boxed.Integer(result);
            case BinaryOperator.Subtract:
                result = unchecked(x - y);
                return ((x ^ y) & (x ^ result)) < 0 ? null : Boxed.Integer(result);
            case BinaryOperator.Multiply:
                return Math.BigMul(x, y, out result) == result >> 63 ? Boxed.Integer(result) : null;
            default:
                return null;
        }
    }

    private static object Wholes(BinaryOperator op, BigInteger x, BigInteger y, TemplateContext context)
    {
        if (y.IsZero && op is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo) throw DivisionByZero();
        return op switch
        {
            BinaryOperator.Add => Checked(x + y, context),
            BinaryOperator.Subtract => Checked(x - y, context),
            BinaryOperator.Multiply => Checked(x * y, context),
            BinaryOperator.Divide => (double)x / (double)y,
            BinaryOperator.FloorDivide => Numbers.Whole(FloorDivide(x, y)),
            BinaryOperator.Modulo => Numbers.Whole(x - (FloorDivide(x, y) * y)),
            _ => Power(x, y, context),
        };
    }

    private static BigInteger FloorDivide(BigInteger x, BigInteger y)
    {
        var quotient = BigInteger.DivRem(x, y, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (y.Sign < 0) ? quotient - 1 : quotient;
    }

    private static object Power(BigInteger x, BigInteger y, TemplateContext context)
    {
        if (y.Sign < 0) return x.IsZero ? throw DivisionByZero() : Math.Pow((double)x, (double)y);
        if (x.IsZero || x.IsOne || y.IsZero) return Numbers.Whole(y.IsZero ? 1 : x);
        if (x == BigInteger.MinusOne) return Numbers.Whole(y.IsEven ? 1 : -1);
        if (y * x.GetBitLength() > context.Limits.IntegerBits * 2L) throw TooLarge();
        return Checked(BigInteger.Pow(x, (int)y), context);
    }

    private static object Checked(BigInteger value, TemplateContext context) =>
        value.GetBitLength() > context.Limits.IntegerBits ? throw TooLarge() : Numbers.Whole(value);

    private static double Floats(BinaryOperator op, double x, double y)
    {
        if (y == 0 && op is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo) throw DivisionByZero();
        return op switch
        {
            BinaryOperator.Add => x + y,
            BinaryOperator.Subtract => x - y,
            BinaryOperator.Multiply => x * y,
            BinaryOperator.Divide => x / y,
            BinaryOperator.FloorDivide => FloorDivide(x, y),
            BinaryOperator.Modulo => FloorModulo(x, y),
            _ => x == 0 && y < 0 ? throw DivisionByZero() : Math.Pow(x, y),
        };
    }

    /// <summary>By way of the remainder, as Python does: the quotient alone may have been rounded up.</summary>
    private static double FloorDivide(double x, double y)
    {
        var remainder = FloorModulo(x, y);
        var quotient = (x - remainder) / y;
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double FloorModulo(double x, double y)
    {
        var remainder = x % y;
        return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder;
    }

    private static object Decimals(BinaryOperator op, decimal x, decimal y)
    {
        if (y == 0 && op is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo) throw DivisionByZero();
        try
        {
            return op switch
            {
                BinaryOperator.Add => x + y,
                BinaryOperator.Subtract => x - y,
                BinaryOperator.Multiply => x * y,
                BinaryOperator.Divide => x / y,
                BinaryOperator.FloorDivide => Math.Truncate(x / y),
                BinaryOperator.Modulo => x % y,
                _ => Math.Pow((double)x, (double)y),
            };
        }
        catch (OverflowException e)
        {
            throw new TemplateException("the result is too large for a decimal", inner: e);
        }
    }

    private static TemplateException DivisionByZero() => new("division by zero");

    private static TemplateException TooLarge() => new("the number is too large", "Whole numbers may have about 4,300 digits.");
}
