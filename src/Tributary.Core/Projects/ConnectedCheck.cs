using Tributary.Core.Graph;
using Tributary.Core.Metrics;
using Tributary.Core.Models;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Core.Projects;

/// <summary>Compares what a project declares with what the warehouse holds. Changes nothing.</summary>
internal sealed class ConnectedCheck(RunContext context, GeneratedParts generated, ModelProject models)
{
    public async Task<IReadOnlyList<HeldBack>> RunAsync(CancellationToken cancel)
    {
        var relations = models.Relations.ToDictionary(model => model.Name, model => model.Relation);
        await using var connection = await context.Database.OpenAsync(cancel);
        var problems = new Problems();
        foreach (var metric in generated.Metrics?.Metrics ?? [])
        {
            if (metric.Config.SourceModel is { } name && relations.TryGetValue(name, out var relation))
                await MetricProbe.CheckAsync(connection, metric, relation, problems, cancel);
        }
        if (generated.Metrics is { } catalog)
            foreach (var refusal in await MetricVersions.CheckAsync(connection, context.Key, catalog, cancel)) problems.Add(refusal);
        problems.ThrowIfAny();
        var twinned = generated.Twins.Twins.Select(twin => twin.Of).ToHashSet();
        var declared = generated.Declared.Where(model => twinned.Contains(model.Name) && relations.ContainsKey(model.Name))
            .Select(model => (model, relations[model.Name])).ToList();
        return [.. generated.Twins.HeldBack, .. await HeldBackColumns.ReadAsync(connection, declared, cancel)];
    }
}
