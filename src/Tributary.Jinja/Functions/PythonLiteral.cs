using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Functions;

/// <summary>Reads text that spells a value: a number, True, None, a quoted string, or a list, tuple or dict of such.</summary>
internal static class PythonLiteral
{
    /// <summary>Stands for "the text spells no value".</summary>
    public static readonly object None = new();

    public static object? TryRead(string text, TemplateLimits limits)
    {
        try
        {
            var template = Template.Parse("{{" + text.Trim() + "\n}}", "text", limits);
            return template.Body is [OutputStatement { Expression: var expression }] && IsLiteral(expression)
                ? expression.Evaluate(new Frame(new TemplateContext(new Scope(), limits), new FrameLayout(null), null, null))
                : None;
        }
        catch (TemplateException)
        {
            return None;
        }
    }

    private static bool IsLiteral(Node node) => node.DescendantsAndSelf().All(n =>
        n is LiteralExpression or ListExpression or TupleExpression or DictExpression or UnaryExpression { Operator: not UnaryOperator.Not });
}
