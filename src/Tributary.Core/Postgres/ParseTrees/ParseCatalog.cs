using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>What the catalogue says about the relations and functions of some trees.</summary>
internal sealed class ParseCatalog
{
    private readonly Dictionary<uint, CatalogRelation> relations = [];
    private readonly Dictionary<uint, CalledFunction> functions = [];

    public static string RelationsSql => Sql.Read("Postgres/ParseTrees/read_relations.sql");

    public CatalogRelation? Relation(uint oid) => relations.GetValueOrDefault(oid);

    public CalledFunction? Function(uint oid) => functions.GetValueOrDefault(oid);

    /// <summary>A relation of this session's temporary schema.</summary>
    public CatalogRelation? Temporary(string name) => relations.Values.FirstOrDefault(
        relation => relation.Relation.Name == name && relation.Relation.Schema.StartsWith("pg_temp", StringComparison.Ordinal));

    /// <summary>Rows of <c>read_relations.sql</c>.</summary>
    public async Task AddRelationsAsync(NpgsqlDataReader rows, CancellationToken cancel)
    {
        while (await rows.ReadAsync(cancel))
        {
            var oid = rows.GetFieldValue<uint>(0);
            var query = rows.IsDBNull(4) ? null : QueryOf(rows.GetString(4));
            var columns = rows.GetFieldValue<short[]>(5).Zip(rows.GetFieldValue<string[]>(6), rows.GetFieldValue<string[]>(7))
                .ToDictionary(column => (int)column.First, column => new CatalogColumn(column.Second, column.Third));
            relations[oid] = new(oid, new(rows.GetString(1), rows.GetString(2)), rows.GetFieldValue<char>(3), query, columns);
        }
    }

    /// <summary>One row of <c>read_direct.sql</c> or <c>read_system_relations.sql</c>.</summary>
    public CatalogRelation Add(object?[] row)
    {
        var query = row[4] is string action ? QueryOf(action) : null;
        var columns = ((short[])row[5]!).Zip((string[])row[6]!, (string[])row[7]!).ToDictionary(column => (int)column.First, column => new CatalogColumn(column.Second, column.Third));
        var relation = new CatalogRelation((uint)row[0]!, new((string)row[1]!, (string)row[2]!), (char)row[3]!, query, columns);
        relations[relation.Oid] = relation;
        return relation;
    }

    public void Add(CalledFunction function) => functions[function.Oid] = function;

    /// <summary>Looks up the functions that the trees call, and the relations that views' dependencies do not record (PostgreSQL's own).</summary>
    public async Task CompleteAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var scans = relations.Values.Where(relation => relation.Query is not null)
            .Select(relation => new TreeScan(relation.Oid).Add(relation.Query!)).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command("Postgres/ParseTrees/read_functions.sql", scans.SelectMany(scan => scan.Functions)));
        batch.BatchCommands.Add(Command("Postgres/ParseTrees/read_system_relations.sql",
            scans.SelectMany(scan => scan.Relations).Where(oid => !relations.ContainsKey(oid))));
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var oid = rows.GetFieldValue<uint>(0);
            functions[oid] = new(oid, rows.GetString(1), rows.GetString(2), rows.GetFieldValue<char>(3), rows.GetBoolean(4), rows.GetString(5), rows.GetString(6));
        }
        await rows.NextResultAsync(cancel);
        await AddRelationsAsync(rows, cancel);
    }

    private static NpgsqlBatchCommand Command(string file, IEnumerable<uint> oids)
    {
        var command = new NpgsqlBatchCommand(Sql.Read(file));
        command.Parameters.Add(new() { Value = oids.Distinct().Select(oid => (long)oid).ToArray() });
        return command;
    }

    private static TreeNode? QueryOf(string action) => TreeReader.Read(action) is IReadOnlyList<object?> and [TreeNode query, ..] ? query : null;
}
