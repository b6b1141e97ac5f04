using Tributary.Core.Models.Files;

namespace Tributary.Core.Models.Configs;

/// <summary>
/// Lays one set of configuration over another as dbt does: tags and hooks are collected, maps such as <c>meta</c> are merged,
/// grants are replaced by privilege or extended by <c>+privilege</c>, everything else is replaced. Keys with a dash and with
/// an underscore are the same key.
/// </summary>
internal static class ConfigMerge
{
    private static readonly HashSet<string> Collected = new(StringComparer.Ordinal) { "pre_hook", "post_hook", "tags", "packages" };
    private static readonly HashSet<string> Merged = new(StringComparer.Ordinal) { "quoting", "column_types", "meta", "docs", "contract" };

    /// <summary>The one spelling of a key under which it is kept: <c>pre-hook</c> → <c>pre_hook</c>, and the adapter's <c>dbname</c>.</summary>
    public static string Key(string key) => key == "dbname" ? "database" : key.Replace('-', '_');

    public static void Apply(Dictionary<string, object?> config, IEnumerable<KeyValuePair<string, object?>> over)
    {
        foreach (var (given, value) in over)
        {
            var key = Key(given);
            config[key] = Combine(key, config.GetValueOrDefault(key), value);
        }
    }

    private static object? Combine(string key, object? below, object? above)
    {
        if (Collected.Contains(key)) return Collect(below, above, distinct: key == "tags");
        if (Merged.Contains(key)) return Merge(below, above);
        return key == "grants" ? Grants(below, above) : above;
    }

    private static List<object?> Collect(object? below, object? above, bool distinct)
    {
        List<object?> all = [.. List(below), .. List(above)];
        return distinct ? [.. all.Distinct()] : all;
    }

    /// <summary>One value or a list of them, as a list.</summary>
    public static IEnumerable<object?> List(object? value) => value switch
    {
        null => [],
        string or IReadOnlyDictionary<string, object?> => [value],
        IEnumerable<object?> items => items,
        _ => [value],
    };

    private static object? Merge(object? below, object? above)
    {
        if (above is not IReadOnlyDictionary<string, object?> over) return above ?? below;
        var merged = below is IReadOnlyDictionary<string, object?> under ? new Dictionary<string, object?>(under) : [];
        foreach (var (key, value) in over) merged[key] = value;
        return merged;
    }

    private static Dictionary<string, object?> Grants(object? below, object? above)
    {
        var grants = below is IReadOnlyDictionary<string, object?> under ? new Dictionary<string, object?>(under) : [];
        foreach (var (key, value) in above as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance)
        {
            if (key.StartsWith('+')) grants[key[1..]] = (List<object?>)[.. List(grants.GetValueOrDefault(key[1..])), .. List(value)];
            else grants[key] = List(value).ToList();
        }
        return grants;
    }
}
