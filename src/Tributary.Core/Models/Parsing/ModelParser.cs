using System.Collections.Concurrent;
using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Contracts;
using Tributary.Core.Models.MacroTests;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Models.Parsing.Tests;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Text;
using Tributary.Jinja;

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
    private readonly ParseContexts contexts;
    private readonly DocBlocks docs;

    private ModelParser(ModelFiles files)
    {
        this.files = files;
        configs = new ConfigResolver(files.Project);
        macros = MacroLibrary.Load(files.Packages, problems);
        placer = new NodePlacer(macros, files.Settings, files.Project);
        contexts = new ParseContexts(files, macros);
        docs = new DocBlocks(files, new YamlTemplates(files.Settings, problems), problems);
        references = new ReferenceTable(files.Project.Name, new SourceTables(files, docs, problems).Enabled(), problems);
    }

    /// <summary>Throws one <see cref="UserErrorException"/> with everything that is wrong.</summary>
    public static ParsedProject Discover(ModelFiles files, IReadOnlyList<GeneratedModel> generated) => new ModelParser(files).Discover(generated);

    private ParsedProject Discover(IReadOnlyList<GeneratedModel> generated)
    {
        files.Reads.BeginParse();
        var drafts = new Drafts(files, problems).Make(generated);
        problems.ThrowIfAny();

        var parsed = ParseAll(drafts);
        var enabled = Refer(drafts, parsed);
        var nodes = new List<ParsedNode>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (parsed[i] is { } found && found.Node.Config.Enabled && Resolve(found, drafts[i].Package) is { } node) nodes.Add(node);
        }
        var tests = new GenericTests(this, enabled, nodes).Parse();
        if (files.MacroTests.Count > 0) nodes.AddRange(new MacroTestParser(this, [.. nodes]).Parse());
        if (files.UnitTests.Count > 0) nodes.AddRange(new UnitTestParser(this, nodes).Parse());
        nodes.AddRange(tests);
        var rules = new NodeRules(files, macros, references, problems);
        rules.Check(nodes);
        rules.CheckConfigs(drafts, i => parsed[i]?.Collected.Config.Keys, nodes);
        var resources = new Resources(this, docs).Resolve();
        AccessRules.Check(nodes, files, problems);
        RelationRules.Check(nodes, problems);
        problems.ThrowIfAny();
        return new ParsedProject(files, macros, references, nodes) { Warnings = problems.Warnings, Resources = resources, Docs = [.. docs.All] };
    }

    /// <summary>Makes what is enabled known to references: of two nodes of one name one may be disabled.</summary>
    private List<NodeDraft> Refer(IReadOnlyList<NodeDraft> drafts, Unresolved?[] parsed)
    {
        var enabled = new List<NodeDraft>(drafts.Count);
        var found = problems.Count;
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            var isReferable = draft.Kind is not (NodeKind.Test or NodeKind.Analysis);
            if (parsed[i] is { } node && !node.Node.Config.Enabled)
            {
                if (isReferable) references.Disable(draft.Name);
                continue;
            }
            enabled.Add(draft);
            if (isReferable) references.Add(TargetOf(draft), problems);
        }
        if (problems.Count > found) problems.ThrowIfAny(); // two nodes of one id confuse all that follows
        return enabled;
    }

    private static ReferenceTable.Target TargetOf(NodeDraft draft) => new(draft.Id, draft.Package, draft.Name, draft.At)
    {
        Version = draft.Version,
        IsLatest = draft.Version == draft.Properties?.LatestVersion,
    };

    internal Problems Problems => problems;

    internal MacroLibrary Macros => macros;

    internal ReferenceTable References => references;

    internal ConfigResolver Configs => configs;

    internal NodePlacer Placer => placer;

    internal TestReferences TestReferences => new(references, problems);

    internal ParseContexts Contexts => contexts;

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
        var template = draft.Kind == NodeKind.Seed ? null : draft.Template ?? Template.Parse(draft.Text, draft.Path);
        var provisional = contexts.Provisional(draft.Name);
        var collected = new Collected(provisional);
        if (template is not null && !StaticCalls.TryCollect(template, macros, draft.Package, collected))
        {
            Render(draft, draft.Id, template, collected);
        }
        var config = configs.Resolve(draft, collected.Config);
        CollectHooks(draft, config, collected);
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
            Config = config,
            Description = docs.Render(draft.Description, draft.Package, draft.Properties?.At ?? draft.At),
            Columns = docs.Render(draft.Columns, draft.Package),
            Version = draft.Version,
            LatestVersion = draft.Properties?.LatestVersion,
            DeprecationDate = draft.Properties?.DeprecationDate,
            Constraints = draft.Properties?.Constraints ?? [],
            PatchFile = draft.Properties?.At.File,
            Seed = draft.Seed,
            Generated = draft.Generated,
        };
        ContractRules.CollectReferences(node, macros, collected);
        var place = placer.Place(node, config => contexts.Make(draft.Package, draft.At, config, provisional, collected));
        return new Unresolved(node with { Database = place.Database, Schema = place.Schema ?? "", Alias = place.Identifier ?? "" }, collected);
    }

    private void CollectHooks(NodeDraft draft, NodeConfig config, Collected collected)
    {
        var count = 0;
        foreach (var hook in HookTemplates.Of(config, draft.Path))
        {
            var ofHook = new Collected(collected.Self);
            Render(draft, string.Create(CultureInfo.InvariantCulture, $"{draft.Id} hook {++count}"), hook, ofHook);
            foreach (var reference in ofHook.References) collected.Add(reference);
        }
    }

    /// <summary>A template that looks at what differs from call to call is remembered, so that the rest of the parse can be kept.</summary>
    private void Render(NodeDraft draft, string id, Template template, Collected collected)
    {
        var heard = new ProjectReads(static _ => null);
        var config = configs.Resolve(draft, EmptyMap.Instance);
        var context = contexts.With(files.Settings with { Reads = heard }).Make(draft.Package, draft.At, config, collected.Self, collected);
        UnknownCalls.Check(template, context);
        template.Render(context.Templates);
        if (heard.DependsOnCall) files.Reads.RenderAgain(id, () => new CallDependent(draft.Name, draft.Package, draft.At, template, config, CallDependent.PictureOf(collected)));
    }

    private ParsedNode? Resolve(Unresolved found, string package)
    {
        var ids = found.Node.Kind == NodeKind.Test ? TestReferences.Resolve(found.Collected, package, found.Node.Name) : Resolve(found.Collected, package, found.Node.Name);
        return ids is null ? null : found.Node with { DependsOn = ids, Changes = ChangeRules.SourcesOf(found.Collected, package, references) };
    }

    /// <summary>Ids for the names that a template mentioned; unknown ones become problems.</summary>
    internal IReadOnlyList<string> Resolve(Collected collected, string package, string reader)
    {
        var ids = new List<string>();
        foreach (var reference in collected.References)
        {
            var id = reference.Source is { } source
                ? references.FindSource(source, reference.Name, package)?.Id
                : references.Find(reference.Name, reference.Package, package, reference.Version)?.Id;
            if (id is null) AddUnknown(reference, reader);
            else if (!ids.Contains(id)) ids.Add(id);
        }
        return ids;
    }

    /// <summary>A macro that many nodes call is one problem, not one for each of them.</summary>
    private void AddUnknown(Collected.Reference reference, string reader)
    {
        var error = reference.Source is null
            ? references.UnknownReference(reference.Name, reference.Package, reference.At, reference.Version)
            : references.UnknownSource(reference.Source, reference.Name, reference.At);
        if (problems.Errors.All(known => known.At != error.At)) problems.Add(error with { Message = $"{error.Message} (read by {reader})" });
    }
}
