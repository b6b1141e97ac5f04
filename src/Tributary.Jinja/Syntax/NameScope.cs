using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>The names that one block assigns, each with its slot in the frame around it. Complete once the text is parsed.</summary>
internal sealed class NameScope(FrameLayout layout, NameScope? outer)
{
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private int[]? all;

    public FrameLayout Layout => layout;

    public NameScope? Outer => outer;

    public int[] Slots => all ??= [.. slots.Values];

    public int Declare(string name)
    {
        if (!slots.TryGetValue(name, out var slot)) slots[name] = slot = layout.Add(name);
        return slot;
    }

    public bool Declares(string name) => slots.ContainsKey(name);

    /// <summary>Whether anything inside the block reads this name of it.</summary>
    public bool IsRead(string name) => read.Contains(name);

    public bool TryFind(string name, out int slot) => slots.TryGetValue(name, out slot);

    public void MarkRead(string name) => read.Add(name);
}
