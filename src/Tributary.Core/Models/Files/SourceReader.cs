using Tributary.Core.Models.Files.Properties;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads one <c>sources:</c> entry; what a table does not say, its source says.</summary>
internal sealed class SourceReader(PropertyFile file, YamlValues values, Quoting quoting)
{
    public IEnumerable<SourceTable> Read(YamlMap source)
    {
        if (values.Text(source, "name") is not { Length: > 0 } sourceName)
        {
            values.Problems.Add(ErrorCodes.MissingKey, source.At, "an entry of 'sources' has no name", "Add 'name:'.");
            yield break;
        }
        PropertyKeys.WarnOfUnknown(source, PropertyKeys.Source, "a source", values.Problems);
        foreach (var table in values.ListAt(source, "tables").OfType<YamlMap>())
        {
            PropertyKeys.WarnOfUnknown(table, PropertyKeys.Table, "a table of a source", values.Problems);
            if (values.Text(table, "name") is { Length: > 0 } name) yield return Table(source, sourceName, table, name);
            else values.Problems.Add(ErrorCodes.MissingKey, table.At, $"a table of source '{sourceName}' has no name", "Add 'name:'.");
        }
    }

    private SourceTable Table(YamlMap source, string sourceName, YamlMap table, string name)
    {
        var sourceConfig = values.MapAt(source, "config");
        var tableConfig = values.MapAt(table, "config");
        YamlMap?[] owners = [source, sourceConfig, table, tableConfig];
        var meta = Meta(owners);
        return new SourceTable(file.Package, sourceName, name, table.At)
        {
            Folders = file.Folders,
            Database = values.Text(source, "database"),
            Schema = values.Text(source, "schema") ?? sourceName,
            Identifier = values.Text(table, "identifier") ?? name,
            Streams = PropertyReader.TributaryList(meta, "stream"),
            Description = YamlValues.Raw(table, "description"),
            SourceDescription = YamlValues.Raw(source, "description"),
            LoadedAtField = LoadedAt("loaded_at_field", values.Text),
            LoadedAtQuery = LoadedAt("loaded_at_query", Raw),
            FreshnessLevels = Levels(source, sourceConfig, table, tableConfig),
            Freshness = PropertyReader.Merged(values.MapAt(source, "freshness"), values.MapAt(table, "freshness"), values),
            Config = PropertyReader.Merged(sourceConfig, tableConfig, values),
            Quoting = quoting.With(values.Value(source.Find("quoting"))).With(values.Value(table.Find("quoting"))),
            Tags = [.. owners.OfType<YamlMap>().SelectMany(owner => values.Texts(owner, "tags")).Distinct().Order(StringComparer.Ordinal)],
            Loader = values.Text(table, "loader") ?? values.Text(source, "loader") ?? "",
            Meta = meta,
            Columns = PropertyReader.Columns(table, values),
            Tests = TestReader.Read(table, values),
        };

        // A table that names a column, even none, does not take over its source's query.
        string? LoadedAt(string key, Func<YamlMap, string, string?> read)
        {
            var own = read(table, key) ?? (tableConfig is null ? null : read(tableConfig, key));
            if (own is not null || table.Find("loaded_at_field") is not null || tableConfig?.Find("loaded_at_field") is not null) return own;
            return read(source, key) ?? (sourceConfig is null ? null : read(sourceConfig, key));
        }
    }

    private Dictionary<string, object?> Meta(YamlMap?[] owners)
    {
        var meta = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            if (owner is null || values.MapAt(owner, "meta") is not { } map) continue;
            foreach (var (key, value) in values.Map(map)) meta[key] = value;
        }
        return meta;
    }

    private static string? Raw(YamlMap map, string key) => YamlValues.Raw(map, key) is { Length: > 0 } text ? text : null;

    private List<IReadOnlyDictionary<string, object?>?> Levels(params YamlMap?[] owners)
    {
        var levels = new List<IReadOnlyDictionary<string, object?>?>();
        foreach (var owner in owners)
        {
            if (owner?.Find("freshness") is null) continue;
            levels.Add(values.MapAt(owner, "freshness") is { } map ? values.Map(map) : null);
        }
        return levels;
    }
}
