using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tributary.Core.Exports;

/// <summary>
/// What an export holds, as <c>manifest.json</c> inside it and in the ledger. Says nothing of when and by whom it was written, so that
/// the same state gives the same file; the ledger's row has the run.
/// </summary>
public sealed record Manifest(
    int ManifestVersion,
    string Program,
    string Project,
    string Target,
    string Export,
    string Track,
    DateTimeOffset AsOf,
    string? Commit,
    IReadOnlyList<ManifestFile> Files,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Parameters = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SeenFile? Seen = null)
{
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All rows of all files.</summary>
    public long Rows() => Files.Sum(file => file.Rows);

    /// <summary>The files and their hashes as one text: equal for exports with the same content, whatever commit wrote them.</summary>
    public string Content() => string.Join('\n', Files.Select(file => $"{file.File} {file.Sha256}"));

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>Null when the text is no manifest of this form.</summary>
    public static Manifest? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Manifest>(json, Form) is { Files: not null } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the destination itself said of a file right after it was delivered. In the ledger alone.</summary>
public sealed record SeenFile(long Bytes, DateTimeOffset ModifiedAt, DateTimeOffset At);
