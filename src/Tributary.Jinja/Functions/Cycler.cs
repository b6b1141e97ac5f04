using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>What <c>cycler(a, b)</c> gives: <c>next()</c> walks round and round.</summary>
internal sealed class Cycler(object?[] items) : IJinjaObject
{
    private int at;

    public string TypeName => "Cycler";

    public bool TryGetAttribute(string name, out object? value)
    {
        if (items.Length == 0) throw new TemplateException("cycler() needs values to cycle through");
        value = name switch
        {
            "current" => items[at],
            "next" => new Function("next", "", _ => Next()),
            "reset" => new Function("reset", "", _ => Reset()),
            _ => null,
        };
        return name is "current" or "next" or "reset";
    }

    private object? Next()
    {
        var current = items[at];
        at = (at + 1) % items.Length;
        return current;
    }

    private object? Reset()
    {
        at = 0;
        return null;
    }

    public override string ToString() => "<Cycler>";
}
