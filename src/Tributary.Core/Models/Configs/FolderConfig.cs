using Tributary.Core.Models.Files;

namespace Tributary.Core.Models.Configs;

/// <summary>
/// What <c>dbt_project.yml</c> says of a node by its place: the section's own keys, then those of its package, its folders and
/// its name, each level over the one above it.
/// </summary>
internal static class FolderConfig
{
    /// <summary>The sets of keys that apply, weakest first.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, object?>> Levels(DbtProject project, string section, IReadOnlyList<string> fqn)
    {
        if (!project.FolderConfigs.TryGetValue(section, out var level)) yield break;
        yield return Keys(level);
        foreach (var step in fqn)
        {
            if (level.GetValueOrDefault(step) is not IReadOnlyDictionary<string, object?> below) yield break;
            level = below;
            yield return Keys(level);
        }
    }

    /// <summary>Keys with a plus, and keys whose value is no map (a map without a plus is a folder).</summary>
    private static Dictionary<string, object?> Keys(IReadOnlyDictionary<string, object?> level)
    {
        var keys = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in level)
        {
            if (key.StartsWith('+')) keys[key[1..].Trim()] = value;
            else if (value is not IReadOnlyDictionary<string, object?>) keys[key] = value;
        }
        return keys;
    }
}
