using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% break %}</c> or <c>{% continue %}</c>, when the syntax allows them.</summary>
public sealed class LoopControlStatement : Statement
{
    internal LoopControlStatement(Location at, bool isBreak)
        : base(at) => IsBreak = isBreak;

    public bool IsBreak { get; }

    public override IEnumerable<Node> Children => [];

    internal override Completion Render(Frame frame, Output output) => IsBreak ? Completion.Break : Completion.Continue;
}
