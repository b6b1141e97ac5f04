using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Artifacts;

/// <summary>The <c>manifest.json</c> of an earlier invocation, ours or dbt's, by ids.</summary>
internal sealed class EarlierManifest : IDisposable
{
    private static readonly string[] Sections = ["nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries", "unit_tests"];

    private readonly JsonDocument document;
    private readonly Dictionary<string, JsonElement> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> macros = new(StringComparer.Ordinal);

    private EarlierManifest(JsonDocument document)
    {
        this.document = document;
        foreach (var section in Sections) Add(section, entries);
        Add("macros", macros);
    }

    /// <summary>Null when the folder holds none.</summary>
    public static EarlierManifest? Read(string folder) =>
        new EarlierArtifacts(folder).Read(ManifestDraft.Name) is { } document ? new EarlierManifest(document) : null;

    /// <summary>The same; a folder that was named for it must hold one.</summary>
    public static EarlierManifest Require(string folder) => Read(folder)
        ?? throw new UserErrorException(ErrorCodes.StateUnreadable, new SourcePosition(Path.Combine(folder, ManifestDraft.Name)), "there is no such file", "Name the folder of a finished run's artifacts.");

    /// <summary>A node, source, exposure … of then; null when there was none.</summary>
    public JsonElement? Find(string id) => entries.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>Macros of then by id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Macros => macros;

    public void Dispose() => document.Dispose();

    private void Add(string section, Dictionary<string, JsonElement> into)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(section, out var found) || found.ValueKind != JsonValueKind.Object) return;
        foreach (var entry in found.EnumerateObject()) into[entry.Name] = entry.Value;
    }
}
