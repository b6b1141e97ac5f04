using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Microbatches;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Changes;

/// <summary>What must hold of a node that reads changes, before anything runs.</summary>
internal static class ChangeRules
{
    /// <summary>Ids of the sources of which a text asks for the changes.</summary>
    public static IReadOnlyList<string> SourcesOf(Collected collected, string package, ReferenceTable references) =>
    [
        .. collected.References.Where(reference => reference.IsChanges)
            .Select(reference => references.FindSource(reference.Source ?? "", reference.Name, package)?.Id).OfType<string>().Distinct(),
    ];

    public static void Check(IReadOnlyList<ParsedNode> nodes, ReferenceTable references, ModelSettings settings, Problems problems)
    {
        var sources = references.Sources.ToDictionary(source => source.Id);
        foreach (var node in nodes.Where(node => node.Changes.Count > 0))
        {
            foreach (var source in node.Changes.Select(id => sources[id]))
            {
                if (WhyNot(source, settings) is { } because)
                    problems.Add(ErrorCodes.ChangesRefused, node.At, $"'{node.Name}' reads the changes of {source.Source}.{source.Name}, which cannot be followed: {because}", "Read it with source() instead.");
            }
            if (node.Kind == NodeKind.Model && node.Config.Materialized == "incremental" && WhyNot(node) is var (message, hint))
                problems.Add(ErrorCodes.ChangesRefused, node.At, $"'{node.Name}' reads changes and {message}", hint);
        }
    }

    /// <summary>The column of the model that holds the key of the document that a row was made from: the first of its unique key.</summary>
    public static string? KeyOf(NodeConfig config) => config["unique_key"] switch
    {
        string { Length: > 0 } one => one,
        IReadOnlyList<object?> { Count: > 0 } several => several[0] as string,
        _ => null,
    };

    private static string? WhyNot(SourceTable source, ModelSettings settings) =>
        source.Streams.Count == 0 ? "it does not say that it is a stream's raw table (meta: {tributary: {stream: …}})"
        : source.Streams.Select(stream => settings.StreamTables.GetValueOrDefault(stream)).FirstOrDefault(table => table is not { WhyNot: null }) is { } table ? table.WhyNot
        : source.Streams.All(settings.StreamTables.ContainsKey) ? null : "its stream is not known here";

    private static (string Message, string Hint)? WhyNot(ParsedNode node)
    {
        if (KeyOf(node.Config) is null)
            return ("has no unique_key, so that rows of documents that changed or went cannot be found", "Name the column that holds the document's id: config(unique_key='uuid').");
        return BatchPlan.IsMicrobatch(node) ? ("is built in batches of time", "Choose one: changes(), or the strategy 'microbatch'.") : null;
    }
}
