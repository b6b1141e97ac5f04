using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>A part of the tree that writes text or changes variables.</summary>
public abstract class Statement : Node
{
    private protected Statement(Location at)
        : base(at)
    {
    }

    internal abstract Completion Render(Frame frame, Output output);
}
