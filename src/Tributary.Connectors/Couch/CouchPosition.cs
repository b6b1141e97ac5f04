using System.Globalization;
using System.Text.Json;
using Tributary.Core.Ingest;

namespace Tributary.Connectors.Couch;

/// <summary>
/// Where the copy of a database stands, and of which database: <paramref name="Seq"/> goes back to the server exactly as it came,
/// <paramref name="Rows"/> counts the changes up to it,
/// <paramref name="Server"/> and <paramref name="Created"/> tell another server or a database that was made anew, <paramref name="Purges"/>
/// that documents were purged, which no change tells.
/// </summary>
internal sealed record CouchPosition(string Seq, long Rows = 0, long? Pending = null, string? Server = null, string? Created = null, string? Purges = null)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static readonly CouchPosition Start = new("0");

    public string ToJson() => JsonSerializer.Serialize(this, Snake);

    /// <summary>Null when the position is at rest.</summary>
    public static CouchPosition? Parse(string position) =>
        position == Checkpoint.AtRest ? null : JsonSerializer.Deserialize<CouchPosition>(position, Snake);

    /// <summary>The number before the dash of a sequence, or the whole of one that is a number; null when it has none.</summary>
    public static long? NumberOf(string? sequence)
    {
        var digits = sequence.AsSpan();
        if (digits.IndexOf('-') is var dash and >= 0) digits = digits[..dash];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
