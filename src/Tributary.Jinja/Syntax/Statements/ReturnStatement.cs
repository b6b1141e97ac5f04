using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>A <c>return(value)</c> that is a whole tag of a macro: the macro ends, and its value is this one as it is.</summary>
public sealed class ReturnStatement : Statement
{
    internal ReturnStatement(Location at, Expression value)
        : base(at) => Value = value;

    public Expression Value { get; }

    public override IEnumerable<Node> Children => [Value];

    internal override Completion Render(Frame frame, Output output)
    {
        frame.Returned = Value.Evaluate(frame);
        return Completion.Return;
    }
}
