using System.Text.RegularExpressions;
using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing.Snapshots;

/// <summary>Finds snapshots: the blocks of files in the snapshot paths, and those that properties write with <c>relation:</c>.</summary>
internal static partial class SnapshotDrafts
{
    public static IEnumerable<NodeDraft> Make(ModelFiles files, Problems problems)
    {
        var drafts = new List<NodeDraft>();
        foreach (var package in files.Packages)
        {
            foreach (var file in package.Snapshots) drafts.AddRange(InFile(package.Project, file, problems));
        }
        foreach (var node in files.Properties)
        {
            if (node.SnapshotOf is { } relation) drafts.Add(InProperties(files.Packages.First(package => package.Project.Name == node.Package).Project, node, relation));
        }
        return drafts;
    }

    private static IEnumerable<NodeDraft> InFile(DbtProject project, SqlFile file, Problems problems)
    {
        try
        {
            return [.. Template.Parse(file.Text, file.Path).Snapshots.Select(snapshot => OfBlock(project, file, snapshot))];
        }
        catch (TemplateException error)
        {
            problems.Add(TemplateErrors.Of(error, new SourcePosition(file.Path, 1)));
            return [];
        }
    }

    /// <summary>The file's name is a part of the qualified name, as in dbt.</summary>
    private static NodeDraft OfBlock(DbtProject project, SqlFile file, SnapshotStatement snapshot) => new(NodeKind.Snapshot, project, snapshot.Name, file.Path)
    {
        Fqn = [project.Name, .. file.Folders, file.Name, snapshot.Name],
        Text = Blocks().Matches(file.Text).FirstOrDefault(block => block.Groups[1].Value == snapshot.Name)?.Groups[2].Value ?? "",
        Template = snapshot.Template,
        Line = snapshot.Position.Line,
    };

    private static NodeDraft InProperties(DbtProject project, NodeProperties node, string relation)
    {
        var text = $"select * from {{{{ {relation} }}}}";
        return new NodeDraft(NodeKind.Snapshot, project, node.Name, node.At.File)
        {
            Fqn = [project.Name, .. Folders(project, node.At.File), node.Name],
            Text = text,
            Line = node.At.Line,
        };
    }

    /// <summary>The folders of a properties file below the search path that it lies in.</summary>
    private static string[] Folders(DbtProject project, string file)
    {
        var own = Path.GetDirectoryName(project.At.File)?.Replace(Path.DirectorySeparatorChar, '/') ?? "";
        var inPackage = own.Length > 0 ? file[(own.Length + 1)..] : file;
        foreach (var path in (string[])[.. project.SnapshotPaths, .. project.ModelPaths, .. project.SeedPaths])
        {
            if (inPackage.StartsWith(path + "/", StringComparison.Ordinal)) return inPackage[(path.Length + 1)..].Split('/')[..^1];
        }
        return inPackage.Split('/')[..^1];
    }

    [GeneratedRegex(@"\{%-?\s*snapshot\s+(\w+)\s*-?%\}(.*?)\{%-?\s*endsnapshot\b", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
