using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>target[start:stop:step]</c>; each part may be missing.</summary>
public sealed class SliceExpression : Expression
{
    internal SliceExpression(Location at, Expression target, Expression?[] bounds)
        : base(at, [target, .. bounds]) => (Target, Start, Stop, Step) = (target, bounds[0], bounds[1], bounds[2]);

    public Expression Target { get; }

    public Expression? Start { get; }

    public Expression? Stop { get; }

    public Expression? Step { get; }

    public override IEnumerable<Node> Children => new Node?[] { Target, Start, Stop, Step }.OfType<Node>();

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var target = Target.Evaluate(frame);
        var bounds = new SliceBounds(Bound(Start, frame), Bound(Stop, frame), Bound(Step, frame));
        frame.Current = this;
        if (bounds.Step == 0) throw new TemplateException("the step of a slice cannot be 0");
        // What stands there as a constant is cut while Jinja compiles, by its lenient way of reading items.
        if (!Slicing.HasParts(target) && IsConstant(Target)) return new Undefined(frame.Context, $"a value of type '{TypeNames.Of(target)}' cannot be sliced");
        return Slicing.Slice(target, bounds, frame.Context);
    }

    /// <summary>Whether Jinja knows the value before anything is rendered: it reads no name and calls nothing.</summary>
    private static bool IsConstant(Expression expression) => expression.DescendantsAndSelf().All(part => part is not (NameExpression or CallExpression));

    private static long? Bound(Expression? part, Frame frame)
    {
        if (part?.Evaluate(frame) is not { } value) return null;
        frame.Current = part;
        return value switch
        {
            Undefined undefined => throw undefined.Error(),
            System.Numerics.BigInteger big => big.Sign < 0 ? long.MinValue : long.MaxValue,
            _ => Numbers.TryToLong(value, out var number)
                ? number
                : throw new TemplateException($"the parts of a slice are whole numbers or none, not '{TypeNames.Of(value)}'"),
        };
    }
}
