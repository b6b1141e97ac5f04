using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>A name that is assigned; it lives in the block where that happens.</summary>
public sealed class NameTarget : AssignmentTarget
{
    private readonly int slot;

    internal NameTarget(Location at, string name, int slot)
        : base(at) => (Name, this.slot) = (name, slot);

    public string Name { get; }

    public override IEnumerable<Node> Children => [];

    internal override void Assign(object? value, Frame frame) => frame.Slots[slot] = value;
}
