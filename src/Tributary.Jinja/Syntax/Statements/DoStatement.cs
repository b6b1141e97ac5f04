using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% do expression %}</c>: evaluated, not written.</summary>
public sealed class DoStatement : Statement
{
    internal DoStatement(Location at, Expression expression)
        : base(at) => Expression = expression;

    public Expression Expression { get; }

    public override IEnumerable<Node> Children => [Expression];

    internal override Completion Render(Frame frame, Output output)
    {
        Expression.Evaluate(frame);
        return Completion.Normal;
    }
}
