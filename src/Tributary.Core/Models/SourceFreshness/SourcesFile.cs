using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Models.Packages;

namespace Tributary.Core.Models.SourceFreshness;

/// <summary>Writes <c>sources.json</c> (schema v3): how fresh the source tables of an invocation are.</summary>
internal static class SourcesFile
{
    public const string Name = "sources.json";

    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(string path, IReadOnlyList<SourceFreshnessResult> results, RunContext run, TimeSpan elapsed, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it is absolute
        await using var file = File.Create(path);
        await using var json = new Utf8JsonWriter(file, Form);
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", "https://schemas.getdbt.com/dbt/sources/v3.json");
        json.WriteString("dbt_version", DbtRelease.Version);
        json.WriteString("generated_at", NodeResult.Instant(run.Clock.GetUtcNow()));
        json.WriteString("invocation_id", run.RunId);
        json.WriteStartObject("env");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var result in results) Write(json, result);
        json.WriteEndArray();
        json.WriteNumber("elapsed_time", elapsed.TotalSeconds);
        json.WriteEndObject();
        await json.FlushAsync(cancel);
    }

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
