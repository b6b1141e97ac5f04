using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>and</c> or <c>or</c> over two or more operands; the value is that of the operand which decided.</summary>
public sealed class LogicalExpression : Expression
{
    private readonly Expression[] operands;

    internal LogicalExpression(Location at, bool isAnd, Expression[] operands)
        : base(at, operands) => (IsAnd, this.operands) = (isAnd, operands);

    public bool IsAnd { get; }

    public IReadOnlyList<Expression> Operands => operands;

    public override IEnumerable<Node> Children => operands;

    internal override object? Evaluate(Frame frame)
    {
        StackGuard.Check();
        object? value = null;
        for (var i = 0; i < operands.Length; i++)
        {
            value = operands[i].Evaluate(frame);
            if (i == operands.Length - 1) break;
            frame.Current = operands[i];
            if (Truth.Of(value) != IsAnd) break;
        }

        return value;
    }
}
