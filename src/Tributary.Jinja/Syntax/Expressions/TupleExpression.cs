using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>A tuple written in the template.</summary>
public sealed class TupleExpression : Expression
{
    private readonly Expression[] items;

    internal TupleExpression(Location at, Expression[] items)
        : base(at, items) => this.items = items;

    public IReadOnlyList<Expression> Items => items;

    public override IEnumerable<Node> Children => items;

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var values = new object?[items.Length];
        for (var i = 0; i < values.Length; i++) values[i] = items[i].Evaluate(frame);
        return new JinjaTuple(values);
    }
}
