using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>Defines a macro, a generic test or a materialization; writes nothing.</summary>
public sealed class MacroStatement : Statement
{
    private readonly int? slot;

    internal MacroStatement(Location at, Macro macro, int? slot)
        : base(at) => (Macro, this.slot) = (macro, slot);

    public Macro Macro { get; }

    public override IEnumerable<Node> Children => Macro.Nodes;

    internal override Completion Render(Frame frame, Output output)
    {
        if (slot is { } variable) frame.Slots[variable] = new BoundMacro(Macro, frame.Context, frame);
        return Completion.Normal;
    }
}
