using System.Text.Json;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>What a finished export holds: its files, and the time up to which it saw the server's changes.</summary>
internal sealed record BulkManifest(DateTime TransactionTime, bool NeedsToken, IReadOnlyList<BulkFile> Files)
{
    /// <summary>Null when it is no manifest. The files in the order of reading: what is there, what is gone, what went wrong.</summary>
    public static BulkManifest? Read(JsonElement manifest)
    {
        if (manifest.ValueKind != JsonValueKind.Object || !FhirResource.TryInstant(Text(manifest, "transactionTime"), out var time) || time is null) return null;
        var needsToken = manifest.TryGetProperty("requiresAccessToken", out var needs) && needs.ValueKind == JsonValueKind.True;
        BulkFile[] files = [.. List(manifest, "output", BulkFileKind.Output), .. List(manifest, "deleted", BulkFileKind.Deleted), .. List(manifest, "error", BulkFileKind.Error)];
        return new BulkManifest(time.Value, needsToken, files);
    }

    private static IEnumerable<BulkFile> List(JsonElement manifest, string name, BulkFileKind kind)
    {
        if (!manifest.TryGetProperty(name, out var files) || files.ValueKind != JsonValueKind.Array) yield break;
        foreach (var file in files.EnumerateArray().Where(file => file.ValueKind == JsonValueKind.Object))
        {
            if (Text(file, "url") is { } url) yield return new BulkFile(kind, Text(file, "type") ?? "", url);
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>One file of an export.</summary>
internal sealed record BulkFile(BulkFileKind Kind, string Type, string Url);

internal enum BulkFileKind
{
    Output,
    Deleted,
    Error,
}
