namespace Tributary.Jinja;

/// <summary>Names in a dictionary, in front of an optional outer scope.</summary>
public sealed class Scope(IScope? outer = null) : IScope
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => outer is null ? values.Keys : values.Keys.Concat(outer.Names);

    public object? this[string name]
    {
        set => values[name] = value;
    }

    public bool TryGet(string name, out object? value) =>
        values.TryGetValue(name, out value) || (outer is not null && outer.TryGet(name, out value));
}
