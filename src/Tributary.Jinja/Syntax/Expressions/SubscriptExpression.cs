using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>target[index]</c>, also <c>target.0</c>.</summary>
public sealed class SubscriptExpression : Expression
{
    internal SubscriptExpression(Location at, Expression target, Expression index)
        : base(at, target, index) => (Target, Index) = (target, index);

    public Expression Target { get; }

    public Expression Index { get; }

    public override IEnumerable<Node> Children => [Target, Index];

    internal override object? Evaluate(Frame frame)
    {
        StackGuard.Check();
        var target = Target.Evaluate(frame);
        var index = Index.Evaluate(frame);
        frame.Current = target is Undefined ? Target : this;
        return Members.Item(target, index, frame.Context);
    }
}
