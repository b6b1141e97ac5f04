using System.Runtime.CompilerServices;

namespace Tributary.Jinja.Values;

/// <summary>
/// Text that is a member of one of the host's enumerations, as Python has them: everywhere it is its text, and it has <c>.value</c> and <c>.name</c> besides.
/// The text's identity carries the name, so that nothing else need know of it.
/// </summary>
public static class NamedText
{
    private static readonly ConditionalWeakTable<string, string> Names = [];

    public static string Of(string text, string name)
    {
        var own = new string(text.AsSpan());
        Names.Add(own, name);
        return own;
    }

    internal static bool TryGet(string text, string member, out object? value)
    {
        value = null;
        if (member is not ("value" or "name") || !Names.TryGetValue(text, out var name)) return false;
        value = member == "name" ? name : text;
        return true;
    }
}
