namespace Tributary.Core.Models.Context;

/// <summary><c>context</c>: the names of the node as a map, for macros that look one up by a computed name.</summary>
internal sealed class ContextView(NodeContext context) : ContextObject
{
    public override string TypeName => "context";

    public override IEnumerable<object?> Items => context.Names;

    public override bool TryGetAttribute(string name, out object? value)
    {
        if (context.TryGet(name, out value)) return true;
        value = name == "get" ? Method("get", "key, default=None", a => context.TryGet(a.Text(0), out var found) ? found : a[1]) : null;
        return value is not null;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && context.TryGet(name, out value);
    }
}
