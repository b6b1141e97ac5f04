using System.Text.Json;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// How far a file was read: behind <paramref name="Offset"/> bytes and <paramref name="Lines"/> lines of its content, which held
/// <paramref name="Records"/> records. <paramref name="Sha256"/> is of the bytes before, so that a file that was replaced meanwhile is noticed.
/// </summary>
public sealed record FilePosition(string File, long Offset, long Lines, long Records, string Sha256)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Snake);

    /// <summary>Null when the position is at rest.</summary>
    public static FilePosition? Parse(string position) =>
        position == Checkpoint.AtRest ? null : JsonSerializer.Deserialize<FilePosition>(position, Snake);
}
