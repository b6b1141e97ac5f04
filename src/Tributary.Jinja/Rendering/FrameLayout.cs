namespace Tributary.Jinja.Rendering;

/// <summary>How many variables one template, macro or call block has, and their names; made once when the text is parsed.</summary>
internal sealed class FrameLayout(FrameLayout? outer)
{
    private readonly List<string> names = [];

    public FrameLayout? Outer => outer;

    public int Count => names.Count;

    public IReadOnlyList<string> Names => names;

    public int Add(string name)
    {
        names.Add(name);
        return names.Count - 1;
    }
}
