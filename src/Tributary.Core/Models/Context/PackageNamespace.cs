using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>The macros of one package: <c>dbt_utils.star(…)</c>. To dbt it is a dictionary, and packages that mock macros write into it.</summary>
internal sealed class PackageNamespace(NodeContext context, string package) : ContextObject
{
    public override string TypeName => "package";

    public override bool IsMapping => true;

    public override IEnumerable<object?> Items => context.MacrosIn(package);

    public override bool TryGetAttribute(string name, out object? value)
    {
        if (TryGetItem(name, out value)) return true;
        value = name switch
        {
            "get" => Method("get", "key, default=None", a => TryGetItem(a[0], out var found) ? found : a[1]),
            "keys" => Method("keys", "", _ => Items.ToList()),
            "update" => Method("update", "other=None, **kwargs", Update),
            _ => null,
        };
        return value is not null;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        value = key is string name ? context.In(package, name) : null;
        return value is not null;
    }

    /// <summary>Another macro in a macro's place, for this node alone.</summary>
    private object? Update(BoundArguments a)
    {
        foreach (var (key, value) in a[0] as JinjaDict ?? []) Put(PythonText.Of(key), value);
        foreach (var (key, value) in a.NamedRest) Put(key, value);
        return null;
    }

    private void Put(string name, object? value)
    {
        if (value is ICallable macro) context.Replace(package, name, macro);
    }

    public override string ToString() => package;
}
