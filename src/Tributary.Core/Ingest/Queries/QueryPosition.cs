using System.Text.Json;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// Where a stream of rows stands: what was declared and which columns came, so that another query or a new column begins anew; of a table
/// that is replaced the sum of its rows' hashes; of one that is merged the newest value of the cursor.
/// </summary>
internal sealed record QueryPosition(string Contract, IReadOnlyList<QueryColumn> Columns, long Rows, string Sum, string? Cursor)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Snake);

    /// <summary>Null when nothing was read yet.</summary>
    public static QueryPosition? Parse(string position) => position == Checkpoint.AtRest ? null : JsonSerializer.Deserialize<QueryPosition>(position, Snake);
}
