using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Models.Packages;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Artifacts;

/// <summary>What every artifact says of its making: <c>metadata</c>. <paramref name="At"/> is when it is written.</summary>
internal sealed record ArtifactHeader(string InvocationId, DateTimeOffset StartedAt, DateTimeOffset At)
{
    public static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The form that dbt gives to ids of invocations.</summary>
    public static string Id(string runId) => Guid.TryParseExact(runId, "N", out var id) ? id.ToString("D") : runId;

    /// <summary>Writes the property; <paramref name="schema"/> is <c>manifest/v12</c>.</summary>
    public void Write(Utf8JsonWriter json, string schema, ParsedProject project, bool withProject = false)
    {
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", $"https://schemas.getdbt.com/dbt/{schema}.json");
        json.WriteString("dbt_version", DbtRelease.Version);
        json.WriteString("generated_at", NodeResult.Instant(At));
        json.WriteString("invocation_id", InvocationId);
        json.WriteString("invocation_started_at", NodeResult.Instant(StartedAt));
        json.WriteStartObject("env");
        foreach (var (name, value) in project.Settings.PlainCall.Metadata) json.WriteString(name, PythonText.Of(value));
        json.WriteEndObject();
        if (withProject) WriteProject(json, project);
        json.WriteEndObject();
    }

    private static void WriteProject(Utf8JsonWriter json, ParsedProject project)
    {
        json.WriteString("project_name", project.Root.Name);
        json.WriteString("project_id", ProjectId(project.Root.Name));
        json.WriteNull("user_id");
        json.WriteBoolean("send_anonymous_usage_stats", false);
        json.WriteString("adapter_type", "postgres");
        json.WriteStartObject("quoting");
        json.WriteBoolean("database", project.Root.Quoting.Database);
        json.WriteBoolean("schema", project.Root.Quoting.Schema);
        json.WriteBoolean("identifier", project.Root.Quoting.Identifier);
        json.WriteNull("column");
        json.WriteEndObject();
    }

#pragma warning disable CA5351 // The digest is dbt's; nothing rests on its strength.
    private static string ProjectId(string name) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name)));
#pragma warning restore CA5351
}
