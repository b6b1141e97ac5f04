using System.Text.Json;
using Tributary.Core.Postgres.ParseTrees;

namespace Tributary.Core.Models.Running;

/// <summary>
/// What PostgreSQL's parse tree said of a node's SQL when it was built; kept in <c>tributary.success.reads</c>, where
/// <c>functions</c> lets one query find the nodes whose functions have changed. <paramref name="Never"/> says why the node is
/// never fresh.
/// </summary>
internal sealed record NodeReads(IReadOnlyList<NodeReads.Function> Functions, string? Never)
{
    /// <summary>A function of the user's, by oid, and the md5 of its body.</summary>
    public sealed record Function(uint Oid, string Hash);

    private static readonly JsonSerializerOptions Words = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static NodeReads Of(QueryShape shape, IReadOnlySet<Postgres.Relation> known)
    {
        var functions = shape.Functions.Where(function => !function.IsBuiltIn).Select(function => new Function(function.Oid, function.BodyHash)).ToList();
        if (shape.ReadsClock || shape.IsVolatile) return new NodeReads(functions, $"it {string.Join(", ", shape.Because)}");
        var foreign = shape.Relations.FirstOrDefault(read => read.IsSystem || (read.Kind is not 'v' && !known.Contains(read.Relation)));
        return new NodeReads(functions, foreign is null ? null : $"it reads {foreign.Relation}, which is not among what it refers to");
    }

    public string ToJson() => JsonSerializer.Serialize(this, Words);

    public static NodeReads? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<NodeReads>(json, Words);
}
