using Tributary.Core.Graph;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Selecting;

/// <summary>The dbt part of a project as selections see it: nodes and sources.</summary>
internal sealed class Selectables(ParsedProject project)
{
    public IReadOnlyList<Selectable> All()
    {
        var all = new List<Selectable>(project.Nodes.Count + project.Sources.Count);
        foreach (var node in project.Nodes) all.Add(Of(node));
        foreach (var source in project.Sources.Values) all.Add(Of(source));
        foreach (var resource in project.Resources)
        {
            if (resource.Kind != "group") all.Add(Of(resource));
        }
        return all;
    }

    private static Selectable Of(ParsedNode node)
    {
        var shown = node.Kind == NodeKind.Test ? node.At.File : node.Path;
        return new Selectable(node.Id, node.ResourceType, node.Name, node.Package)
        {
            Fqn = node.Fqn,
            Tags = node.Config.Tags,
            File = ManifestPath.Original(shown),
            ShownFile = shown,
            PatchFile = node.PatchFile is { } patch ? ManifestPath.Original(patch) : null,
            DependsOn = node.DependsOn,
            Config = () => (Dictionary<string, object?>)PlainObject.From(NodePicture.Config(node))!,
            Group = node.Config.Text("group"),
            Access = node.Kind == NodeKind.Model ? node.Config.Text("access") ?? "protected" : null,
            TestType = node.Kind != NodeKind.Test ? null : node.MacroTest is not null ? "macro" : node.UnitTest is not null ? "unit" : node.Test is null ? "singular" : "generic",
            TestName = node.Test?.Name,
            Version = node.Version,
            LatestVersion = node.LatestVersion,
            IsEmpty = node.Kind is NodeKind.Model or NodeKind.Snapshot && string.IsNullOrWhiteSpace(node.RawCode),
        };
    }

    private Selectable Of(SourceTable source) => new(source.Id, "source", source.Name, source.Package)
    {
        Fqn = source.Fqn,
        Tags = source.Tags,
        SourceName = source.Source,
        File = ManifestPath.Original(source.At.File),
        ShownFile = source.At.File,
        Config = () => source.Config,
        DependsOn = [.. source.Streams.Select(stream => $"load.{project.Settings.Project ?? project.Root.Name}.{stream}")],
    };

    private static Selectable Of(DeclaredResource resource) => new(resource.Id, resource.Kind, resource.Name, resource.Package)
    {
        Fqn = resource.Fqn,
        Tags = [.. ConfigMerge.List(resource.Config.GetValueOrDefault("tags")).Select(PythonText.Of)],
        File = ManifestPath.Original(resource.At.File),
        ShownFile = resource.At.File,
        Config = () => new Dictionary<string, object?>(resource.Config) { ["enabled"] = true },
        Group = resource.Config.GetValueOrDefault("group") as string,
        DependsOn = resource.DependsOn,
    };
}
