using System.Text.Json;

namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// Where a stream of drops stands: the newest drop that is in its table, how many rows it had, under which declaration it was read, and
/// from which files. <paramref name="History"/>: whether its history knows as much; null of older positions.
/// </summary>
internal sealed record DropPosition(string Drop, DateTimeOffset At, long Rows, string Contract, IReadOnlyList<DropPosition.File> Files, bool? History = null)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Snake);

    /// <summary>Null when nothing was taken yet.</summary>
    public static DropPosition? Parse(string position) =>
        position == Checkpoint.AtRest ? null : JsonSerializer.Deserialize<DropPosition>(position, Snake);

    public sealed record File(string Name, long Bytes, string Sha256);
}
