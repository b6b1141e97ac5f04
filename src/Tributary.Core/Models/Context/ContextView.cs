using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary><c>context</c>: the names of the node as a map, for macros that look one up by a computed name.</summary>
internal sealed class ContextView(NodeContext context) : ContextObject
{
    public override string TypeName => "context";

    public override bool IsMapping => true;

    public override IEnumerable<object?> Items => context.Names;

    public override bool TryGetAttribute(string name, out object? value)
    {
        if (context.TryGet(name, out value)) return true;
        value = name switch
        {
            "get" => Method("get", "key, default=None", a => context.TryGet(a.Text(0), out var found) ? found : a[1]),
            "update" => Method("update", "other=None, **kwargs", Update),
            "keys" => Method("keys", "", _ => context.Names.ToList<object?>()),
            _ => null,
        };
        return value is not null;
    }

    /// <summary>A wrapped materialization may be given other SQL so: the names are the node's own from then on.</summary>
    private object? Update(BoundArguments a)
    {
        foreach (var (key, value) in a[0] as JinjaDict ?? []) context[PythonText.Of(key)] = value;
        foreach (var (key, value) in a.NamedRest) context[key] = value;
        return null;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && context.TryGet(name, out value);
    }
}
