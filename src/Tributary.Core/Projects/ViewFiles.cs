using Tributary.Core.Fhir.Views;
using Tributary.Core.Graph;
using Tributary.Core.Models;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>The SQL-on-FHIR views of a project: every JSON file below <c>views/</c>, over the raw table of its resource type.</summary>
internal sealed class ViewFiles(ProjectFiles files, ModelFiles dbt, string folder)
{
    private readonly ViewsConfig config = files.File.Views ?? new ViewsConfig(files.File.At);

    /// <summary>Paths below the project's folder with forward slashes, in order.</summary>
    public IReadOnlyList<string> Paths()
    {
        var below = Path.Combine(folder, config.Folder);
        if (!Directory.Exists(below) || (files.File.Views is null && files.Sources.Count == 0)) return [];
        return [.. Directory.EnumerateFiles(below, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <summary>Throws every problem of one file.</summary>
    public GeneratedModel Model(string path)
    {
        var view = ViewDefinitions.Read(Path.Combine(folder, path), path);
        var name = view.Name ?? Path.GetFileNameWithoutExtension(path);
        if (name.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '_'))
            throw new UserErrorException(ErrorCodes.ViewInvalid, view.At, "The view has no name, and its file's is no name for a model.", "Add `name` with letters, digits and underscores.");
        return ViewModel.Of(view, name, Path.GetDirectoryName(path)!.Replace('\\', '/'), Table(view), files.File.Views); // a path below the folder
    }

    private ViewTable Table(ViewDefinition view)
    {
        var keys = RawTables.Streams(files).Select(stream => stream.Key)
            .Where(key => key.EndsWith($".{view.Resource}", StringComparison.Ordinal) && (config.Source is null || key == $"{config.Source}.{view.Resource}")).ToList();
        if (keys.Count == 0)
            throw new UserErrorException(ErrorCodes.UnknownName, view.At, $"No source has a stream of {view.Resource}{(config.Source is { } source ? $" named {source}.{view.Resource}" : "")}.",
                $"Add {view.Resource} to the streams of a source.");
        if (keys.Count > 1)
            throw new UserErrorException(ErrorCodes.UnknownName, view.At, $"Several streams hold {view.Resource}: {string.Join(", ", keys)}.", "Name the source in tributary.yml: `views: {source: NAME}`.");
        var table = RawTables.Find(files, dbt, keys[0]) ?? throw new UserErrorException(ErrorCodes.UnknownName, view.At, $"No dbt source says that it is the stream '{keys[0]}'.",
            $"Add `meta: {{tributary: {{stream: {keys[0]}}}}}` to its table in models/.");
        return new ViewTable(table.Relation, table.Document, table.Deleted);
    }
}
