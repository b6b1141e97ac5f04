using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>A list written in the template.</summary>
public sealed class ListExpression : Expression
{
    private readonly Expression[] items;

    internal ListExpression(Location at, Expression[] items)
        : base(at, items) => this.items = items;

    public IReadOnlyList<Expression> Items => items;

    public override IEnumerable<Node> Children => items;

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var values = new List<object?>(items.Length);
        foreach (var item in items) values.Add(item.Evaluate(frame));
        return values;
    }
}
