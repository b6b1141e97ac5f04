using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files.Properties;

/// <summary>
/// What the project says over the sources of a package (<c>overrides: package</c>): its keys win over the package's, tables are
/// brought together by name.
/// </summary>
internal sealed class SourceOverrides
{
    private readonly Dictionary<(string Package, string Source), YamlMap> maps = [];

    public SourceOverrides(IEnumerable<PropertyFile> rootFiles)
    {
        foreach (var file in rootFiles)
        {
            if ((file.Root as YamlMap)?.Find("sources") is not YamlList sources) continue;
            foreach (var source in sources.Items.OfType<YamlMap>())
            {
                if (source.Find("overrides") is YamlScalar { IsNull: false } package && source.Find("name") is YamlScalar name) maps[(package.Text, name.Text)] = source;
            }
        }
    }

    public YamlMap Apply(string package, YamlMap source) =>
        maps.Count > 0 && source.Find("name") is YamlScalar name && maps.TryGetValue((package, name.Text), out var over) ? Laid(source, over) : source;

    private static YamlMap Laid(YamlMap below, YamlMap above)
    {
        var entries = below.Entries.Where(entry => above.Find(entry.Key) is null || entry.Key == "tables").ToList();
        entries.AddRange(above.Entries.Where(entry => entry.Key is not ("tables" or "overrides")));
        var tables = entries.FindIndex(entry => entry.Key == "tables");
        if (tables >= 0 && above.Find("tables") is YamlList changed && entries[tables].Value is YamlList own)
            entries[tables] = entries[tables] with { Value = new YamlList(own.At, [.. own.Items.Select(item => Changed(item, changed))]) };
        return new YamlMap(below.At, entries);
    }

    private static YamlNode Changed(YamlNode table, YamlList changes)
    {
        if (table is not YamlMap map || map.Find("name") is not YamlScalar name) return table;
        var change = changes.Items.OfType<YamlMap>().FirstOrDefault(other => other.Find("name") is YamlScalar called && called.Text == name.Text);
        return change is null ? table : new YamlMap(map.At, [.. map.Entries.Where(entry => change.Find(entry.Key) is null), .. change.Entries]);
    }
}
