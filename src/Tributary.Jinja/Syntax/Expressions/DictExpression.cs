using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>A dict written in the template.</summary>
public sealed class DictExpression : Expression
{
    private readonly KeyValuePair<Expression, Expression>[] pairs;

    internal DictExpression(Location at, KeyValuePair<Expression, Expression>[] pairs)
        : base(at, pairs.SelectMany(p => new[] { p.Key, p.Value })) => this.pairs = pairs;

    public IReadOnlyList<KeyValuePair<Expression, Expression>> Pairs => pairs;

    public override IEnumerable<Node> Children => pairs.SelectMany(p => new Node[] { p.Key, p.Value });

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var dict = new JinjaDict();
        foreach (var (keyExpression, valueExpression) in pairs)
        {
            var key = keyExpression.Evaluate(frame);
            var value = valueExpression.Evaluate(frame);
            frame.Current = keyExpression;
            dict[key] = value;
        }

        return dict;
    }
}
