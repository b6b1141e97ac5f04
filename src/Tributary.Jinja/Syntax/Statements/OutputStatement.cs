using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{{ expression }}</c>.</summary>
public sealed class OutputStatement : Statement
{
    internal OutputStatement(Location at, Expression expression)
        : base(at) => Expression = expression;

    public Expression Expression { get; }

    public override IEnumerable<Node> Children => [Expression];

    internal override Completion Render(Frame frame, Output output)
    {
        var value = Expression.Evaluate(frame);
        if (value is not string) frame.Current = Expression;
        output.Write(ValueText.Of(value, frame.Context));
        return Completion.Normal;
    }
}
