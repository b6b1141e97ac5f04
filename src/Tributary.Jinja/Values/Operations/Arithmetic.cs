using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Values.Operations;

/// <summary><c>+ - * / // % **</c> on values: numbers first, then text and rows, then what a host's object makes of it.</summary>
internal static class Arithmetic
{
    public static object? Apply(BinaryOperator op, object? left, object? right, TemplateContext context)
    {
        if (left is not null && right is not null && Numbers.IsNumber(left) && Numbers.IsNumber(right))
        {
            return NumberArithmetic.Apply(op, left, right, context);
        }

        if (left is IJinjaObject host && host.TryOperate(op, right, true, out var result)) return HostValue.From(result);
        if (right is IJinjaObject other && other.TryOperate(op, left, false, out result)) return HostValue.From(result);
        return (op switch
        {
            BinaryOperator.Add => RowArithmetic.Join(left, right, context),
            BinaryOperator.Multiply => RowArithmetic.Repeat(left, right, context),
            BinaryOperator.Modulo when left is string format => PercentFormat.Apply(format, right, context),
            BinaryOperator.Subtract => RowArithmetic.Without(left, right),
            _ => null,
        }) ?? throw NoMeaning(op, left, right);
    }

    public static object Negate(object? value, TemplateContext context)
    {
        if (value is null || !Numbers.IsNumber(value)) throw NoUnaryMeaning("-", value);
        return NumberArithmetic.Apply(BinaryOperator.Subtract, value is double ? (object)-0.0 : 0L, value, context);
    }

    public static object Plus(object? value)
    {
        if (value is null || !Numbers.IsNumber(value)) throw NoUnaryMeaning("+", value);
        return value is bool flag ? Boxed.Integer(flag ? 1 : 0) : value;
    }

    public static TemplateException NoMeaning(BinaryOperator op, object? left, object? right) =>
        (left as Undefined ?? right as Undefined)?.Error()
        ?? new TemplateException(
            $"unsupported operand types for {Sign(op)}: '{TypeNames.Of(left)}' and '{TypeNames.Of(right)}'",
            op == BinaryOperator.Add && (left is string || right is string) ? "Join text with '~', which turns both sides into text." : null);

    private static TemplateException NoUnaryMeaning(string sign, object? value) =>
        (value as Undefined)?.Error() ?? new TemplateException($"unsupported operand type for unary {sign}: '{TypeNames.Of(value)}'");

    private static string Sign(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.FloorDivide => "//",
        BinaryOperator.Modulo => "%",
        _ => "**",
    };
}
