using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Configs;

/// <summary>
/// Warns of what <c>dbt_project.yml</c> configures to no effect: folders that hold nothing, maps that lack their plus, keys that are
/// nearly known ones.
/// </summary>
internal sealed class FolderConfigCheck(DbtProject root, Problems problems)
{
    /// <summary><paramref name="names"/>: the fully qualified names of everything in the section, disabled nodes among it.</summary>
    public void Check(string section, IEnumerable<IReadOnlyList<string>> names)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var path = "";
            foreach (var step in name) used.Add(path += "\n" + step);
        }
        foreach (var (key, kept) in ProjectKeys.Sections)
        {
            if (kept == section && root.Tree?.Find(key) is YamlMap map) Walk(map, "", used);
        }
    }

    private void Walk(YamlMap level, string path, HashSet<string> used)
    {
        foreach (var entry in level.Entries)
        {
            if (entry.Key.StartsWith('+') || entry.Value is not YamlMap folder)
            {
                WarnOfTypo(entry);
                continue;
            }
            var below = $"{path}\n{entry.Key}";
            if (used.Contains(below)) Walk(folder, below, used);
            else WarnOfUnused(entry, below[1..].Replace('\n', '.'));
        }
    }

    private void WarnOfTypo(YamlEntry entry)
    {
        var key = entry.Key.TrimStart('+').Trim();
        if (ConfigKeys.MeantBy(key) is { } meant)
            problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"'{Excerpt.Of(entry.Key)}' is no configuration that dbt knows", $"Did you mean '{(entry.Key.StartsWith('+') ? "+" : "")}{meant}'?");
    }

    private void WarnOfUnused(YamlEntry entry, string path)
    {
        if (ConfigKeys.IsMap(entry.Key))
            problems.Warn(ErrorCodes.UnknownName, entry.KeyAt, $"'{entry.Key}' is read as a folder here, because its value is a map", $"Write '+{entry.Key}:'.");
        else problems.Warn(ErrorCodes.UnknownName, entry.KeyAt, $"the configuration of '{Excerpt.Of(path)}' applies to nothing: there is no such folder or file", "Remove it, or correct the path: package, folders below the search path, name.");
    }
}
