using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% call(parameters) callee(arguments) %} … {% endcall %}</c>: the callee finds the block as <c>caller()</c>.</summary>
public sealed class CallStatement : Statement
{
    private readonly Macro block;

    internal CallStatement(Location at, CallExpression call, Macro block)
        : base(at) => (Call, this.block) = (call, block);

    public CallExpression Call { get; }

    public IReadOnlyList<Statement> Body => block.Body;

    public override IEnumerable<Node> Children => [Call, .. block.Nodes];

    internal override Completion Render(Frame frame, Output output)
    {
        var value = Call.Evaluate(frame, new BoundMacro(block, frame.Context, frame));
        if (value is not string) frame.Current = Call;
        output.Write(ValueText.Of(value, frame.Context));
        return Completion.Normal;
    }
}
