using System.Collections.Concurrent;
using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Discovery: parses every template, renders it with <c>execute = false</c> to collect <c>ref</c>, <c>source</c> and
/// <c>config</c>, resolves configuration and names, and reports every problem at once.
/// </summary>
internal sealed class ModelParser
{
    private readonly ModelFiles files;
    private readonly Problems problems = new();
    private readonly MacroLibrary macros;
    private readonly ReferenceTable references;
    private readonly ConfigResolver configs;
    private readonly NodePlacer placer;

    private ModelParser(ModelFiles files)
    {
        this.files = files;
        macros = MacroLibrary.Load(files.Packages, problems);
        references = new ReferenceTable(files.Project.Name, files.Sources.Where(source => new NodeConfig(source.Config).Enabled), problems);
        configs = new ConfigResolver(files.Project);
        placer = new NodePlacer(macros, files.Settings, files.Project);
    }

    /// <summary>Throws one <see cref="UserErrorException"/> with everything that is wrong.</summary>
    public static ParsedProject Discover(ModelFiles files, IReadOnlyList<GeneratedModel> generated) => new ModelParser(files).Discover(generated);

    private ParsedProject Discover(IReadOnlyList<GeneratedModel> generated)
    {
        var drafts = new Drafts(files, problems).Make(generated);
        foreach (var draft in drafts.Where(draft => draft.Kind != NodeKind.Test))
            references.Add(new ReferenceTable.Target(draft.Id, draft.Package, draft.Name, draft.At), problems);
        problems.ThrowIfAny();

        var parsed = ParseAll(drafts);
        foreach (var (draft, node) in drafts.Zip(parsed))
        {
            if (node is null) continue;
            if (!node.Node.Config.Enabled) references.Remove(draft.Id);
        }
        var nodes = new List<ParsedNode>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (parsed[i] is { } found && found.Node.Config.Enabled) nodes.Add(Resolve(found, drafts[i].Package));
        }
        nodes.AddRange(new GenericTests(this, drafts, nodes).Parse());
        CheckMaterializations(nodes);
        problems.ThrowIfAny();
        return new ParsedProject(files, macros, references, nodes);
    }

    internal Problems Problems => problems;

    internal MacroLibrary Macros => macros;

    internal ReferenceTable References => references;

    internal ConfigResolver Configs => configs;

    internal ModelFiles Files => files;

    /// <summary>A node whose references are names still.</summary>
    private sealed record Unresolved(ParsedNode Node, Collected Collected);

    private Unresolved?[] ParseAll(IReadOnlyList<NodeDraft> drafts)
    {
        var parsed = new Unresolved?[drafts.Count];
        var failures = new ConcurrentBag<UserError>();
        Parallel.For(0, drafts.Count, i =>
        {
            try
            {
                parsed[i] = ParseOne(drafts[i]);
            }
            catch (TemplateException error)
            {
                failures.Add(TemplateErrors.Of(error, drafts[i].At));
            }
            catch (UserErrorException error)
            {
                foreach (var problem in error.Errors) failures.Add(problem);
            }
        });
        foreach (var failure in failures) problems.Add(failure);
        return parsed;
    }

    private Unresolved ParseOne(NodeDraft draft)
    {
        var template = draft.Kind == NodeKind.Seed ? null : Template.Parse(draft.Text, draft.Path);
        var provisional = new RelationValue { Database = files.Settings.Target.Database, Schema = files.Settings.Target.Schema, Identifier = draft.Name };
        var collected = new Collected(provisional);
        if (template is not null && !StaticCalls.TryCollect(template, macros, draft.Package, collected))
        {
            var context = Context(draft.Package, draft.At, configs.Resolve(draft, EmptyMap.Instance), provisional, collected);
            UnknownCalls.Check(template, context);
            template.Render(context.Templates);
        }
        var node = new ParsedNode
        {
            Id = draft.Id,
            Name = draft.Name,
            Package = draft.Package,
            Kind = draft.Kind,
            Path = draft.Path,
            At = draft.At,
            Fqn = draft.Fqn,
            RawCode = draft.Text,
            Template = template,
            Config = configs.Resolve(draft, collected.Config),
            Description = draft.Description,
            Columns = draft.Columns,
            Seed = draft.Seed,
            Generated = draft.Generated,
        };
        var place = placer.Place(node, config => Context(draft.Package, draft.At, config, provisional, collected));
        return new Unresolved(node with { Database = place.Database, Schema = place.Schema ?? "", Alias = place.Identifier ?? "" }, collected);
    }

    private ParsedNode Resolve(Unresolved found, string package) => found.Node with { DependsOn = Resolve(found.Collected, package) };

    /// <summary>Ids for the names that a template mentioned; unknown ones become problems.</summary>
    internal IReadOnlyList<string> Resolve(Collected collected, string package)
    {
        var ids = new List<string>();
        foreach (var reference in collected.References)
        {
            var id = reference.Source is { } source
                ? references.FindSource(source, reference.Name, package)?.Id
                : references.Find(reference.Name, reference.Package, package)?.Id;
            if (id is null) problems.Add(reference.Source is null
                ? references.UnknownReference(reference.Name, reference.Package, reference.At)
                : references.UnknownSource(reference.Source, reference.Name, reference.At));
            else if (!ids.Contains(id)) ids.Add(id);
        }
        return ids;
    }

    internal NodeContext Context(string package, SourcePosition at, NodeConfig config, RelationValue self, Collected collected)
    {
        var own = files.Packages.FirstOrDefault(candidate => candidate.Project.Name == package)?.Project;
        var names = new NodeNames(macros, files.Settings, files.Project)
        {
            Package = package,
            At = at,
            Variables = new Variables(files.Settings, files.Project, own, package),
            Config = config,
            This = self,
            Picture = () => GraphPicture.Node(new ParsedNode
            {
                Id = "", Name = self.Identifier ?? "", Package = package, Kind = NodeKind.Model, Path = at.File, At = at, Fqn = [package], Config = config,
                Schema = self.Schema ?? "", Alias = self.Identifier ?? "", Database = self.Database,
            }),
        };
        return new NodeContext(names, collected, execute: false);
    }

    private void CheckMaterializations(List<ParsedNode> nodes)
    {
        foreach (var node in nodes.Where(node => node.Kind == NodeKind.Model && !node.IsEphemeral))
        {
            if (macros.Materialization(node.Config.Materialized, node.Package) is not null) continue;
            string[] known = [.. macros.All.Where(macro => macro.Macro.Kind == MacroKind.Materialization).Select(macro => macro.Macro.Name).Append("ephemeral").Distinct().Order(StringComparer.Ordinal)];
            problems.Add(ErrorCodes.UnknownName, node.At, $"the model '{node.Name}' is materialized as '{node.Config.Materialized}', which nothing defines", Nearest.Hint(node.Config.Materialized, known));
        }
    }
}
