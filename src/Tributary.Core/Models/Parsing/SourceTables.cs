using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>The tables of sources as the project means them: what its <c>sources:</c> folders configure under what the tables say themselves.</summary>
internal sealed class SourceTables(ModelFiles files, DocBlocks docs, Problems problems)
{
    /// <summary>Those that are not switched off.</summary>
    public IEnumerable<SourceTable> Enabled() => files.Sources.Select(Settle).Where(IsEnabled).Select(Describe);

    private static bool IsEnabled(SourceTable source) => new NodeConfig(source.Config).Enabled;

    private SourceTable Settle(SourceTable source)
    {
        var project = files.Packages.First(package => package.Project.Name == source.Package).Project;
        var folders = new Dictionary<string, object?>(StringComparer.Ordinal);
        var config = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var level in FolderConfig.Levels(project, "sources", source.Fqn)) ConfigMerge.Apply(folders, level);
        ConfigMerge.Apply(config, folders);
        ConfigMerge.Apply(config, source.Config);
        if (project != files.Project)
        {
            foreach (var level in FolderConfig.Levels(files.Project, "sources", source.Fqn)) ConfigMerge.Apply(config, level);
        }
        return folders.Count == 0 && config.Count == source.Config.Count ? source : Over(folders, source) with { Config = config };
    }

    /// <summary>Keys that a table may write beside its config, too (limits of its freshness are laid over one another when it is asked).</summary>
    private static SourceTable Over(Dictionary<string, object?> folders, SourceTable source) => source with
    {
        Tags = [.. ConfigMerge.List(folders.GetValueOrDefault("tags")).Select(PythonText.Of).Concat(source.Tags).Distinct().Order(StringComparer.Ordinal)],
        Meta = folders.GetValueOrDefault("meta") is IReadOnlyDictionary<string, object?> meta
            ? meta.Concat(source.Meta).GroupBy(entry => entry.Key).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal)
            : source.Meta,
        LoadedAtField = source.LoadedAtField ?? (source.LoadedAtQuery is null ? folders.GetValueOrDefault("loaded_at_field") as string : null),
        LoadedAtQuery = source.LoadedAtQuery ?? (source.LoadedAtField is null ? folders.GetValueOrDefault("loaded_at_query") as string : null),
    };

    private SourceTable Describe(SourceTable source)
    {
        try
        {
            return source with
            {
                Description = docs.Render(source.Description, source.Package, source.At),
                SourceDescription = docs.Render(source.SourceDescription, source.Package, source.At),
                Columns = docs.Render(source.Columns, source.Package),
            };
        }
        catch (UserErrorException error)
        {
            problems.Add(error);
            return source;
        }
    }
}
