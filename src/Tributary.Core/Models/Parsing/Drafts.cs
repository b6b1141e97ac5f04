using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Snapshots;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>Brings each file together with its properties, and makes its name known to references.</summary>
internal sealed class Drafts(ModelFiles files, Problems problems)
{
    private readonly Dictionary<(string Package, string Section, string Name), NodeProperties> properties = [];

    public IReadOnlyList<NodeDraft> Make(IReadOnlyList<GeneratedModel> generated)
    {
        foreach (var node in files.Properties) Know(node);
        var drafts = new List<NodeDraft>();
        foreach (var package in files.Packages)
        {
            drafts.AddRange(package.Models.Select(file => Of(NodeKind.Model, package.Project, file)));
            drafts.AddRange(package.Seeds.Select(file => Of(package.Project, file)));
            drafts.AddRange(package.SingularTests.Select(file => Of(NodeKind.Test, package.Project, file)));
        }
        foreach (var snapshot in SnapshotDrafts.Make(files, problems)) drafts.Add(With(snapshot));
        drafts.AddRange(generated.Select(Of));
        NameStrangers(drafts);
        return drafts;
    }

    private void Know(NodeProperties node)
    {
        var key = (node.Package, node.Section, node.Name);
        if (properties.TryAdd(key, node)) return;
        problems.Add(ErrorCodes.DuplicateName, node.At, $"'{node.Name}' has properties twice; the others are at {properties[key].At}", "Bring them together in one place.");
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

    private NodeDraft With(NodeDraft draft) => draft with { Properties = properties.GetValueOrDefault((draft.Package, draft.Section, draft.Name)) };

    /// <summary>Properties of a name that has no file: most often a typo or a file that was renamed.</summary>
    private void NameStrangers(List<NodeDraft> drafts)
    {
        var known = drafts.Select(draft => (draft.Package, draft.Section, draft.Name)).ToHashSet();
        foreach (var (key, node) in properties.Where(entry => !known.Contains(entry.Key) && entry.Key.Section is "models" or "seeds" or "snapshots"))
        {
            var names = drafts.Where(draft => draft.Section == key.Section).Select(draft => draft.Name).ToList();
            problems.Add(ErrorCodes.UnknownName, node.At, $"these are properties of '{node.Name}', but there is no file of that name among the {key.Section}", Nearest.Hint(node.Name, names));
        }
    }
}
