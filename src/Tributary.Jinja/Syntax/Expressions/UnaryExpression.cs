using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Syntax;

/// <summary><c>not x</c>, <c>-x</c> or <c>+x</c>.</summary>
public sealed class UnaryExpression : Expression
{
    internal UnaryExpression(Location at, UnaryOperator op, Expression operand)
        : base(at, operand) => (Operator, Operand) = (op, operand);

    public UnaryOperator Operator { get; }

    public Expression Operand { get; }

    public override IEnumerable<Node> Children => [Operand];

    internal override object? Evaluate(Frame frame)
    {
        StackGuard.Check();
        var value = Operand.Evaluate(frame);
        frame.Current = this;
        return Operator switch
        {
            UnaryOperator.Not => Boxed.Bool(!Truth.Of(value)),
            UnaryOperator.Negate => Arithmetic.Negate(value, frame.Context),
            _ => Arithmetic.Plus(value),
        };
    }
}
