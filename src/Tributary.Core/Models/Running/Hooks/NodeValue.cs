using Tributary.Core.Models.Context;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running.Hooks;

/// <summary>A node with the keys of dbt's manifest as attributes, and <c>to_dict()</c>.</summary>
internal sealed class NodeValue(JinjaDict picture) : ContextObject
{
    public override string TypeName => "ParsedNode";

    public override bool TryGetAttribute(string name, out object? value)
    {
        if (picture.TryGet(name, out value))
        {
            value = (name, value) switch
            {
                ("config", JinjaDict config) => new NodeConfigValue(config),
                ("resource_type", string kind) => EnumMember.Of(kind),
                _ => value,
            };
            return true;
        }
        value = name switch
        {
            "to_dict" => Method("to_dict", "omit_none=False", _ => picture),
            "get" => Method("get", "key, default=None", a => picture.TryGet(a[0], out var found) ? found : a[1]),
            "identifier" => picture.TryGet("alias", out var alias) ? alias : null,
            _ => null,
        };
        return value is not null;
    }
}
