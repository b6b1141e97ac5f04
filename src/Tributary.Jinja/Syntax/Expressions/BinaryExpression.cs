using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Syntax;

/// <summary>Two operands and an arithmetic operator.</summary>
public sealed class BinaryExpression : Expression
{
    internal BinaryExpression(Location at, BinaryOperator op, Expression left, Expression right)
        : base(at, left, right) => (Operator, Left, Right) = (op, left, right);

    public BinaryOperator Operator { get; }

    public Expression Left { get; }

    public Expression Right { get; }

    public override IEnumerable<Node> Children => [Left, Right];

    internal override object? Evaluate(Frame frame)
    {
        StackGuard.Check();
        var left = Left.Evaluate(frame);
        var right = Right.Evaluate(frame);
        frame.Current = this;
        return Arithmetic.Apply(Operator, left, right, frame.Context);
    }
}
