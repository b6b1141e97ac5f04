using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>a if condition else b</c>; without the else it is undefined when the condition does not hold.</summary>
public sealed class ConditionalExpression : Expression
{
    internal ConditionalExpression(Location at, Expression condition, Expression then, Expression? otherwise)
        : base(at, condition, then, otherwise) => (Condition, Then, Otherwise) = (condition, then, otherwise);

    public Expression Condition { get; }

    public Expression Then { get; }

    public Expression? Otherwise { get; }

    public override IEnumerable<Node> Children => Otherwise is null ? [Condition, Then] : [Condition, Then, Otherwise];

    internal override object? Evaluate(Frame frame)
    {
        StackGuard.Check();
        var condition = Condition.Evaluate(frame);
        frame.Current = Condition;
        if (Truth.Of(condition)) return Then.Evaluate(frame);
        if (Otherwise is not null) return Otherwise.Evaluate(frame);
        return new Undefined(frame.Context, "the inline if has no else, and its condition does not hold")
        {
            IsSilent = frame.Context.Undefined != UndefinedPolicy.Strict,
        };
    }
}
