using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>A name: a variable of the template or macro, else a global.</summary>
public sealed class NameExpression : Expression
{
    internal NameExpression(Location at, string name)
        : base(at) => Name = name;

    public string Name { get; }

    /// <summary>Whether the template itself assigns this name somewhere around it; then it need not be a global.</summary>
    public bool IsLocal => Locals.Length > 0;

    public override IEnumerable<Node> Children => [];

    /// <summary>The variables that the name may mean, innermost first; set once when the whole text is parsed.</summary>
    internal SlotReference[] Locals { get; set; } = [];

    internal override object? Evaluate(Frame frame)
    {
        foreach (var local in Locals)
        {
            var owner = frame;
            for (var i = local.Hops; i > 0; i--) owner = owner.Outer!; // the layout has as many outer frames as hops
            var value = owner.Slots[local.Slot];
            if (!ReferenceEquals(value, Frame.Missing)) return value;
        }

        frame.Current = this;
        return frame.Context.Lookup(Name);
    }
}
