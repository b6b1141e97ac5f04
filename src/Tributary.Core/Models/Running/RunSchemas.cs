using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>
/// The warehouse before the first node: the schemas that the chosen nodes write to are made, all at once, and their relations
/// listed, so that no node has to ask.
/// </summary>
internal static class RunSchemas
{
    /// <summary>The schemas that were made or stand.</summary>
    public static IReadOnlyList<string> Prepare(ModelWorkshop workshop, RunContext run, IEnumerable<ParsedNode> nodes, CancellationToken cancel)
    {
        string[] schemas = [.. nodes.Where(WritesRelation).Select(node => node.Schema).Distinct(StringComparer.Ordinal)];
        if (schemas.Length == 0) return schemas;
        var relations = run.Scope.Share(() => new RelationCache());
        using var connection = run.Database.Open();
        var missing = schemas.ToHashSet(StringComparer.Ordinal);
        var found = new List<(string, string, CachedRelation)>();
        using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(Command("select nspname::text from pg_namespace where nspname = any ($1)", schemas));
            batch.BatchCommands.Add(Command(Sql.Read("Models/Context/Relations/list_schemas.sql"), schemas));
            using var rows = batch.ExecuteReader();
            while (rows.Read()) missing.Remove(rows.GetString(0));
            rows.NextResult();
            while (rows.Read()) found.Add((rows.GetString(0), rows.GetString(1), new CachedRelation(rows.GetString(2), rows.GetBoolean(3))));
        }
        relations.List(schemas, _ => found);
        if (missing.Count == 0) return schemas;
        if (OwnSchemas.AreWanted(workshop.Project)) OwnSchemas.Create(workshop, run, connection, missing.Order(StringComparer.Ordinal), cancel);
        else Create(connection, missing);
        return schemas;
    }

    private static bool WritesRelation(ParsedNode node) => node.Kind is not (NodeKind.Test or NodeKind.Analysis) && !node.IsEphemeral;

    /// <summary>One message, so one transaction; the lock keeps two runs from making the same schema at once, which fails.</summary>
    private static void Create(NpgsqlConnection connection, IEnumerable<string> schemas)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var schema in schemas.Order(StringComparer.Ordinal))
        {
            batch.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended('tributary schema ' || $1, 0))") { Parameters = { new() { Value = schema } } });
            batch.BatchCommands.Add(new($"create schema if not exists {Identifier.Quote(schema)}"));
        }
        batch.ExecuteNonQuery();
    }

    private static NpgsqlBatchCommand Command(string sql, string[] schemas) => new(sql) { Parameters = { new() { Value = schemas } } };
}
