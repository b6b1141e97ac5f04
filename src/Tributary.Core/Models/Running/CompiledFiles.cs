using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Running;

/// <summary>Where compiled SQL is written for people to read: <c>target/compiled/package/path</c>.</summary>
internal sealed class CompiledFiles(ParsedProject project)
{
    /// <summary>The file, as messages show it.</summary>
    public string Shown(ParsedNode node) => $"{project.Root.TargetPath}/compiled/{node.Package}/{node.Path}";

    public async Task<string> WriteAsync(ParsedNode node, string sql, CancellationToken cancel)
    {
        var shown = Shown(node);
        var path = Path.Combine(project.Files.Folder, shown);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it has one: it lies below the project
        await File.WriteAllTextAsync(path, sql.EndsWith('\n') ? sql : sql + "\n", cancel);
        return shown;
    }
}
