namespace Tributary.Jinja.Values;

/// <summary>What a call in a template passes: values by position, values by name, and who calls.</summary>
public sealed class CallArguments(TemplateContext context, object?[] positional, KeyValuePair<string, object?>[] named)
{
    public CallArguments(TemplateContext context, params object?[] positional)
        : this(context, positional, [])
    {
    }

    public TemplateContext Context { get; } = context;

    public IReadOnlyList<object?> Positional => positional;

    public IReadOnlyList<KeyValuePair<string, object?>> Named => named;

    internal object?[] PositionalArray => positional;

    internal KeyValuePair<string, object?>[] NamedArray => named;

    public bool TryGetNamed(string name, out object? value)
    {
        foreach (var pair in named)
        {
            if (pair.Key != name) continue;
            value = pair.Value;
            return true;
        }

        value = null;
        return false;
    }
}
