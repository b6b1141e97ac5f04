using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Snapshots;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>Brings each file together with its properties, and makes its name known to references.</summary>
internal sealed class Drafts(ModelFiles files, Problems problems)
{
    /// <summary>By the name of the file that they speak of.</summary>
    private readonly Dictionary<(string Package, string Section, string File), NodeProperties> properties = [];

    /// <summary>Properties of latest versions by the model's own name, under which their file may stand too.</summary>
    private readonly Dictionary<(string Package, string Section, string File), NodeProperties> latest = [];

    private readonly HashSet<NodeProperties> used = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<NodeDraft> Make(IReadOnlyList<GeneratedModel> generated)
    {
        foreach (var node in files.Properties) Know(node);
        var drafts = new List<NodeDraft>();
        foreach (var package in files.Packages)
        {
            drafts.AddRange(package.Models.Select(file => Of(NodeKind.Model, package.Project, file)));
            drafts.AddRange(package.Seeds.Select(file => Of(package.Project, file)));
            drafts.AddRange(package.Analyses.Select(file => Of(NodeKind.Analysis, package.Project, file)).Select(draft => draft with { Fqn = [draft.Package, "analysis", .. draft.Fqn.Skip(1)] }));
            drafts.AddRange(package.SingularTests.Select(file => Of(NodeKind.Test, package.Project, file)));
        }
        foreach (var snapshot in SnapshotDrafts.Make(files, problems)) drafts.Add(With(snapshot));
        drafts.AddRange(generated.Select(Of));
        NameStrangers(drafts);
        return drafts;
    }

    private void Know(NodeProperties node)
    {
        var key = (node.Package, node.Section, node.FileName);
        if (node.Version is not null && node.Version == node.LatestVersion) latest[(node.Package, node.Section, node.Name)] = node;
        if (properties.TryAdd(key, node)) return;
        problems.Add(ErrorCodes.DuplicateName, node.At, $"'{node.FileName}' has properties twice; the others are at {properties[key].At}", "Bring them together in one place.");
    }

    private NodeDraft Of(NodeKind kind, DbtProject project, SqlFile file) => With(new NodeDraft(kind, project, file.Name, file.Path)
    {
        Fqn = [project.Name, .. file.Folders, file.Name],
        Text = file.Text,
    });

    private NodeDraft Of(DbtProject project, SeedFile file) => With(new NodeDraft(NodeKind.Seed, project, file.Name, file.Path)
    {
        Fqn = [project.Name, .. file.Folders, file.Name],
        Seed = file,
    });

    private NodeDraft Of(GeneratedModel model)
    {
        string[] folders = model.Folder.Length == 0 ? [] : model.Folder.Split('/');
        return With(new NodeDraft(NodeKind.Model, files.Project, model.Name, $"generated/{(model.Folder.Length == 0 ? "" : model.Folder + "/")}{model.Name}.sql")
        {
            Fqn = [files.Project.Name, .. folders, model.Name],
            Text = model.Template,
            Generated = model,
        });
    }

    /// <summary>A version is called by the model's name and is a model of its own.</summary>
    private NodeDraft With(NodeDraft draft)
    {
        var key = (draft.Package, draft.Section, draft.Name);
        if (!properties.TryGetValue(key, out var found) && (!latest.TryGetValue(key, out found) || HasFileOfItsOwn(found))) return draft;
        used.Add(found);
        return found.Version is null
            ? draft with { Properties = found }
            : draft with { Properties = found, Name = found.Name, Fqn = [.. draft.Fqn.SkipLast(1), found.Name, "v" + found.Version] };
    }

    private bool HasFileOfItsOwn(NodeProperties version) =>
        files.Packages.First(package => package.Project.Name == version.Package).Models.Any(file => file.Name == version.FileName);

    /// <summary>Properties of a name that has no file: most often a typo or a file that was renamed. dbt goes on, and so do we.</summary>
    private void NameStrangers(List<NodeDraft> drafts)
    {
        const int withHint = 20; // comparing each of many with every name would take long
        var count = 0;
        foreach (var node in properties.Values)
        {
            if (used.Contains(node) || node.Section is not ("models" or "seeds" or "snapshots")) continue;
            var names = ++count > withHint ? [] : drafts.Where(draft => draft.Section == node.Section).Select(draft => draft.Name).ToList();
            var what = node.Version is null ? $"'{node.Name}'" : $"version {node.Version} of '{node.Name}' (in the file {node.FileName})";
            problems.Warn(ErrorCodes.UnknownName, node.At, $"these are properties of {what}, but there is no such file among the {node.Section}; they are passed over", names.Count == 0 ? null : Nearest.Hint(node.FileName, names));
        }
    }
}
