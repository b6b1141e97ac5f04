using Tributary.Jinja.Functions;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Rendering;

/// <summary>The value of an expression outside of text, with dbt's filters that say what the text stands for.</summary>
internal static class NativeValue
{
    public static object? Of(Expression expression, Frame frame)
    {
        if (expression is not FilterExpression { Target: { } target, Name: "as_number" or "as_bool" or "as_native" or "as_text" } filter)
        {
            return Defined(expression.Evaluate(frame), frame, expression);
        }

        var value = Defined(target.Evaluate(frame), frame, target);
        frame.Current = filter;
        if (filter.Name == "as_text") return ValueText.Of(value, frame.Context);
        var spelled = value is string text ? PythonLiteral.TryRead(text, frame.Context.Limits) : value;
        return filter.Name switch
        {
            "as_number" when !Numbers.IsNumber(spelled) || spelled is bool => throw NotThat("a number", value),
            "as_bool" when spelled is not bool => throw NotThat("true or false", value),
            _ => ReferenceEquals(spelled, PythonLiteral.None) ? value : spelled,
        };
    }

    private static object? Defined(object? value, Frame frame, Expression expression)
    {
        frame.Current = expression;
        return value is Undefined undefined ? undefined.Text() : value;
    }

    private static TemplateException NotThat(string expected, object? value) =>
        new($"{expected} is expected here, not a value of type '{TypeNames.Of(value)}'");
}
