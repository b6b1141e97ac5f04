using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>target.name</c>.</summary>
public sealed class AttributeExpression : Expression
{
    internal AttributeExpression(Location at, Expression target, string name)
        : base(at, target) => (Target, Name) = (target, name);

    public Expression Target { get; }

    public string Name { get; }

    public override IEnumerable<Node> Children => [Target];

    internal override object? Evaluate(Frame frame)
    {
        StackGuard.Check();
        var target = Target.Evaluate(frame);
        frame.Current = target is Undefined ? Target : this;
        return Members.Attribute(target, Name, frame.Context);
    }
}
