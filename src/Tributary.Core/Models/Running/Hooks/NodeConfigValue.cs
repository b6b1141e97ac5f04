using Tributary.Core.Models.Context;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running.Hooks;

/// <summary>The configuration of a node among the results: what it does not say is none, not undefined.</summary>
internal sealed class NodeConfigValue(JinjaDict config) : ContextObject
{
    public override string TypeName => "NodeConfig";

    public override bool IsMapping => true;

    public override IEnumerable<object?> Items => config.Select(pair => pair.Key);

    public override bool TryGetAttribute(string name, out object? value)
    {
        if (config.TryGet(name, out value)) return true;
        value = name switch
        {
            "get" => Method("get", "key, default=None", a => config.TryGet(a[0], out var found) ? found : a[1]),
            "to_dict" => Method("to_dict", "omit_none=False", _ => config),
            _ => null,
        };
        return true;
    }

    public override bool TryGetItem(object? key, out object? value)
    {
        config.TryGet(key, out value);
        return true;
    }
}
