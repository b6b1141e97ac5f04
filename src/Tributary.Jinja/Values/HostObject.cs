namespace Tributary.Jinja.Values;

/// <summary>A host's object made of named parts, such as <c>adapter</c> or <c>exceptions</c>; parts are read as attributes and as items.</summary>
public sealed class HostObject(string typeName) : IJinjaObject
{
    private readonly Dictionary<string, object?> parts = new(StringComparer.Ordinal);

    public string TypeName => typeName;

    public object? this[string name]
    {
        set => parts[name] = value;
    }

    public bool TryGetAttribute(string name, out object? value) => parts.TryGetValue(name, out value);

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && parts.TryGetValue(name, out value);
    }

    public override string ToString() => $"<{typeName}>";
}
