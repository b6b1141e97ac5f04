using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.SourceFreshness;

/// <summary>Writes <c>sources.json</c> (schema v3): how fresh the source tables of an invocation are.</summary>
internal static class SourcesFile
{
    public const string Name = "sources.json";

    /// <summary><paramref name="path"/> is absolute.</summary>
    public static Task WriteAsync(string path, IReadOnlyList<SourceFreshnessResult> results, ParsedProject project, ArtifactHeader header, CancellationToken cancel) =>
        AtomicFile.WriteAsync(path, async file =>
        {
            await using var json = new Utf8JsonWriter(file, ArtifactHeader.Form);
            json.WriteStartObject();
            header.Write(json, "sources/v3", project);
            json.WriteStartArray("results");
            foreach (var result in results) Write(json, result);
            json.WriteEndArray();
            json.WriteNumber("elapsed_time", (header.At - header.StartedAt).TotalSeconds);
            json.WriteEndObject();
            await json.FlushAsync(cancel);
        });

    private static void Write(Utf8JsonWriter json, SourceFreshnessResult result)
    {
        json.WriteStartObject();
        json.WriteString("unique_id", result.Id);
        if (result.Error is { } error)
        {
            json.WriteString("error", error.ToString());
            json.WriteString("status", result.Status);
        }
        else WriteAge(json, result);
        json.WriteEndObject();
    }

    private static void WriteAge(Utf8JsonWriter json, SourceFreshnessResult result)
    {
        json.WriteString("max_loaded_at", NodeResult.Instant(result.MaxLoadedAt ?? default));
        json.WriteString("snapshotted_at", NodeResult.Instant(result.SnapshottedAt ?? default));
        json.WriteNumber("max_loaded_at_time_ago_in_s", result.Age?.TotalSeconds ?? 0);
        json.WriteString("status", result.Status);
        json.WriteStartObject("criteria");
        Write(json, "warn_after", result.Rule?.WarnAfter);
        Write(json, "error_after", result.Rule?.ErrorAfter);
        json.WriteString("filter", result.Rule?.Filter);
        json.WriteEndObject();
        json.WriteStartObject("adapter_response");
        json.WriteEndObject();
        json.WriteStartArray("timing");
        json.WriteStartObject();
        json.WriteString("name", "execute");
        json.WriteString("started_at", NodeResult.Instant(result.StartedAt));
        json.WriteString("completed_at", NodeResult.Instant(result.FinishedAt));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("thread_id", "main");
        json.WriteNumber("execution_time", (result.FinishedAt - result.StartedAt).TotalSeconds);
    }

    private static void Write(Utf8JsonWriter json, string name, FreshnessLimit? limit)
    {
        json.WriteStartObject(name);
        if (limit is null) json.WriteNull("count");
        else json.WriteNumber("count", limit.Count);
        json.WriteString("period", limit?.Period);
        json.WriteEndObject();
    }
}
