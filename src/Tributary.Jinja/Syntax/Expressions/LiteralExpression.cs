using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>A value written in the template: text, number, true, false, none.</summary>
public sealed class LiteralExpression : Expression
{
    internal LiteralExpression(Location at, object? value)
        : base(at) => Value = value is bool flag ? Boxed.Bool(flag) : value;

    public object? Value { get; }

    public override IEnumerable<Node> Children => [];

    internal override object? Evaluate(Frame frame) => Value;
}
