using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Artifacts;

/// <summary>Writes <c>run_results.json</c> (schema v6): how each node of an invocation ended.</summary>
internal sealed class RunResultsFile(ParsedProject project, ArtifactHeader header)
{
    public const string Name = "run_results.json";

    public Task WriteAsync(IEnumerable<NodeResult> results, TimeSpan elapsed, IReadOnlyDictionary<string, object?> arguments) => AtomicFile.WriteAsync(
        Path.Combine(project.TargetFolder, Name),
        async file =>
        {
            await using var json = new Utf8JsonWriter(file, ArtifactHeader.Form);
            json.WriteStartObject();
            header.Write(json, "run-results/v6", project);
            json.WriteStartArray("results");
            foreach (var result in results) Write(json, result);
            json.WriteEndArray();
            json.WriteNumber("elapsed_time", elapsed.TotalSeconds);
            json.WritePropertyName("args");
            PictureJson.Write(json, arguments);
            json.WriteEndObject();
        });

    private void Write(Utf8JsonWriter json, NodeResult result)
    {
        var node = project.Find(result.Node.Id);
        json.WriteStartObject();
        json.WriteString("status", result.Status);
        WriteTiming(json, result);
        json.WriteString("thread_id", result.ThreadId);
        json.WriteNumber("execution_time", result.ExecutionSeconds);
        json.WritePropertyName("adapter_response");
        PictureJson.Write(json, result.AdapterResponse);
        json.WriteString("message", result.Message);
        json.WritePropertyName("failures");
        PictureJson.Write(json, result.Failures);
        json.WriteString("unique_id", result.Node.Id);
        WriteCode(json, node, result.CompiledCode);
        WriteBatches(json, result.Outcome.Batches);
        json.WriteEndObject();
    }

    private static void WriteTiming(Utf8JsonWriter json, NodeResult result)
    {
        json.WriteStartArray("timing");
        foreach (var (name, startedAt, completedAt) in result.Timing)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("started_at", NodeResult.Instant(startedAt));
            json.WriteString("completed_at", NodeResult.Instant(completedAt));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCode(Utf8JsonWriter json, ParsedNode? node, string? code)
    {
        json.WritePropertyName("compiled");
        PictureJson.Write(json, code is null ? null : (object)true);
        json.WriteString("compiled_code", code);
        json.WriteString("relation_name", node is null ? null : NodePicture.RelationName(node));
    }

    /// <summary>Pairs of the first instant of a batch and the one after its last.</summary>
    private static void WriteBatches(Utf8JsonWriter json, BatchResults? batches)
    {
        json.WritePropertyName("batch_results");
        if (batches is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        WriteBatches(json, "successful", batches.Successful);
        WriteBatches(json, "failed", batches.Failed);
        json.WriteEndObject();
    }

    private static void WriteBatches(Utf8JsonWriter json, string name, IReadOnlyList<EventBatch> batches)
    {
        json.WriteStartArray(name);
        foreach (var batch in batches)
        {
            json.WriteStartArray();
            json.WriteStringValue(batch.Start);
            json.WriteStringValue(batch.End);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
