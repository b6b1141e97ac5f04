using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>What can be assigned to: a name, several names, or an attribute of a namespace.</summary>
public abstract class AssignmentTarget : Node
{
    private protected AssignmentTarget(Location at)
        : base(at)
    {
    }

    internal abstract void Assign(object? value, Frame frame);
}
