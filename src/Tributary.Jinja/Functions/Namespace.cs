using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>What <c>namespace()</c> gives: an object whose attributes can be set from inside loops.</summary>
internal sealed class Namespace(JinjaDict values) : IJinjaObject
{
    public string TypeName => "Namespace";

    public bool TryGetAttribute(string name, out object? value) => values.TryGet(name, out value);

    public bool TryGetItem(object? key, out object? value) => values.TryGet(key, out value);

    public bool TrySetAttribute(string name, object? value)
    {
        values[name] = value;
        return true;
    }

    public override string ToString() => "<Namespace>";
}
