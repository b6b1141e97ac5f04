using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% set target = expression %}</c>.</summary>
public sealed class SetStatement : Statement
{
    internal SetStatement(Location at, AssignmentTarget target, Expression expression)
        : base(at) => (Target, Expression) = (target, expression);

    public AssignmentTarget Target { get; }

    public Expression Expression { get; }

    public override IEnumerable<Node> Children => [Target, Expression];

    internal override Completion Render(Frame frame, Output output)
    {
        var value = Expression.Evaluate(frame);
        frame.Current = Target;
        Target.Assign(value, frame);
        return Completion.Normal;
    }
}
