using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Rendering;

/// <summary>The variables of one running template, macro or call block, and where it stands.</summary>
internal sealed class Frame
{
    /// <summary>Stands in a slot to which nothing was assigned.</summary>
    public static readonly object Missing = new();

    private readonly FrameLayout layout;

    public Frame(TemplateContext context, FrameLayout layout, Frame? outer, string? name)
    {
        (Context, this.layout, Outer, Name) = (context, layout, outer, name);
        Slots = layout.Count == 0 ? [] : new object?[layout.Count];
        Array.Fill(Slots, Missing);
    }

    public TemplateContext Context { get; }

    public object?[] Slots { get; }

    /// <summary>The frame in whose text this one was written.</summary>
    public Frame? Outer { get; }

    /// <summary>The frame that called this one.</summary>
    public Frame? Caller { get; set; }

    /// <summary>The macro that runs in it; null for a whole template.</summary>
    public string? Name { get; }

    /// <summary>The node at work, for errors.</summary>
    public Node? Current { get; set; }

    public object? Returned { get; set; }

    public IEnumerable<string> LocalNames
    {
        get
        {
            for (var frame = this; frame is not null; frame = frame.Outer)
            {
                for (var i = 0; i < frame.Slots.Length; i++)
                {
                    if (!ReferenceEquals(frame.Slots[i], Missing)) yield return frame.layout.Names[i];
                }
            }
        }
    }

    public void Clear(int[] slots)
    {
        foreach (var slot in slots) Slots[slot] = Missing;
    }
}
