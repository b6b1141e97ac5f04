using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Which block the parser is in, and the names read there, to be matched with variables when the text is complete.</summary>
internal sealed class Scopes
{
    private readonly List<(NameExpression Name, NameScope Scope)> pending = [];

    public Scopes(FrameLayout root) => Current = new NameScope(root, null);

    public NameScope Current { get; set; }

    /// <summary>Whether a return() that stands here ends the macro by an ordinary step, not by a signal.</summary>
    public bool IsDirectlyInMacro { get; set; }

    /// <summary>Whether there is a loop around for a break to leave.</summary>
    public bool IsInLoop { get; set; }

    /// <summary>A block inside the current one, with its variables in the same frame or in one of its own.</summary>
    public NameScope Open(FrameLayout? layout = null) => Current = new NameScope(layout ?? Current.Layout, Current);

    public void Close() => Current = Current.Outer!; // only scopes that were opened are closed

    public NameExpression Read(NameExpression name)
    {
        pending.Add((name, Current));
        return name;
    }

    public void Resolve()
    {
        var found = new List<SlotReference>();
        foreach (var (name, scope) in pending)
        {
            found.Clear();
            var hops = 0;
            for (var at = scope; at is not null; at = at.Outer)
            {
                if (at.TryFind(name.Name, out var slot))
                {
                    at.MarkRead(name.Name);
                    found.Add(new SlotReference(hops, slot));
                }

                if (at.Outer is not null && at.Outer.Layout != at.Layout) hops++;
            }

            if (found.Count > 0) name.Locals = [.. found];
        }
    }
}
