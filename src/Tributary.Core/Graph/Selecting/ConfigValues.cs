namespace Tributary.Core.Graph.Selecting;

/// <summary>The method <c>config.…:</c>: the value under nested keys equals the one that is wanted, or a list holds it.</summary>
internal static class ConfigValues
{
    public static bool Matches(Selectable item, Criterion wanted)
    {
        object? value = item.Config();
        foreach (var key in wanted.Arguments)
        {
            if (value is not IReadOnlyDictionary<string, object?> map || !(map.TryGetValue(key, out value) || map.TryGetValue(key.Replace('-', '_'), out value))) return false;
        }
        var ignoresCase = wanted.Arguments is ["severity"];
        if (value is string || value is not System.Collections.IEnumerable items) return Same(value, wanted, ignoresCase);
        if (value is IReadOnlyDictionary<string, object?>) return false;
        foreach (var one in items)
        {
            if (Same(one, wanted, ignoresCase)) return true;
        }
        return false;
    }

    private static bool Same(object? value, Criterion wanted, bool ignoresCase) => value switch
    {
        bool truth => string.Equals(wanted.Word, truth ? "true" : "false", StringComparison.OrdinalIgnoreCase),
        string text when wanted.Value is string word => string.Equals(text, word, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
        null => wanted.Value is null,
        _ => value.Equals(wanted.Value),
    };
}
