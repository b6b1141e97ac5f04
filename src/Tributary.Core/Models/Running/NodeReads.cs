using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Tributary.Core.Postgres.ParseTrees;

namespace Tributary.Core.Models.Running;

/// <summary>
/// What PostgreSQL's parse tree said of a node's SQL when it was built; kept in <c>tributary.success.reads</c>, where
/// <c>functions</c> lets one query find the nodes whose functions have changed and <c>columns</c> is what lineage is read
/// from. <paramref name="Never"/> says why the node is never fresh.
/// </summary>
internal sealed record NodeReads(IReadOnlyList<NodeReads.Function> Functions, string? Never, IReadOnlyList<NodeReads.Column>? Columns = null)
{
    /// <summary>A function of the user's, by oid, and the md5 of its body.</summary>
    public sealed record Function(uint Oid, string Hash);

    /// <summary>An output column and the columns of the relations named in the SQL that its value comes from.</summary>
    public sealed record Column(string Name, IReadOnlyList<Origin> Origins);

    /// <summary>One of these: not transformed means repeated as it is, at most cast or taken out of a document (then <paramref name="Path"/> says which part).</summary>
    public sealed record Origin(string Schema, string Relation, [property: JsonPropertyName("column")] string ColumnName, string? Path, bool Transformed);

    private static readonly JsonSerializerOptions Words = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static NodeReads Of(QueryShape shape, IReadOnlySet<Postgres.Relation> known) =>
        new([.. shape.Functions.Where(function => !function.IsBuiltIn).Select(function => new Function(function.Oid, function.BodyHash))],
            WhyNever(shape, known), [.. shape.Columns.Select(ToColumn)]);

    /// <summary>Plain SQL: no function, nothing beyond what the node refers to.</summary>
    public static readonly NodeReads Nothing = new([], null);

    /// <summary>
    /// Asks PostgreSQL's parser, within the open transaction. What it cannot read as a query (SQL that rests on a hook's temporary
    /// table, say) is never fresh.
    /// </summary>
    public static async Task<NodeReads> AskAsync(NpgsqlConnection connection, string sql, IReadOnlySet<Postgres.Relation> known, CancellationToken cancel)
    {
        var probe = (await ParseTree.ReadAllAsync(connection, [sql], cancel))[0];
        return probe.Shape is { } shape ? Of(shape, known) : new NodeReads([], "PostgreSQL cannot read its SQL as one query");
    }

    public string ToJson() => JsonSerializer.Serialize(this, Words);

    public static NodeReads? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<NodeReads>(json, Words);

    private static string? WhyNever(QueryShape shape, IReadOnlySet<Postgres.Relation> known)
    {
        if (shape.ReadsClock || shape.IsVolatile) return $"it {string.Join(", ", shape.Because)}";
        var foreign = shape.Relations.FirstOrDefault(read => read.IsSystem || !known.Contains(read.Relation));
        return foreign is null ? null : $"it reads {foreign.Relation}, which is not among what it refers to";
    }

    private static Column ToColumn(OutputColumn column) => new(column.Name, [.. column.Direct.Select(origin =>
        new Origin(origin.Relation.Schema, origin.Relation.Name, origin.Column, origin.Path, origin.IsTransformed))]);
}
