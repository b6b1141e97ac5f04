using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Syntax;

/// <summary>Values compared in a row: <c>a &lt; b &lt;= c</c> holds when each pair does; each operand is evaluated once at most.</summary>
public sealed class CompareExpression : Expression
{
    private readonly KeyValuePair<CompareOperator, Expression>[] rest;

    internal CompareExpression(Location at, Expression first, KeyValuePair<CompareOperator, Expression>[] rest)
        : base(at, rest.Select(r => r.Value).Append(first)) => (First, this.rest) = (first, rest);

    public Expression First { get; }

    public IReadOnlyList<KeyValuePair<CompareOperator, Expression>> Rest => rest;

    public override IEnumerable<Node> Children => rest.Select(r => r.Value).Prepend(First);

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var left = First.Evaluate(frame);
        foreach (var (op, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            frame.Current = this;
            if (!Comparisons.Apply(op, left, right, frame.Context)) return Boxed.False;
            left = right;
        }

        return Boxed.True;
    }
}
