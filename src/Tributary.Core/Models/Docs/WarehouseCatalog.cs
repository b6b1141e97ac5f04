using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Docs;

/// <summary>The relations of some schemas with their columns, read by one query.</summary>
internal sealed class WarehouseCatalog
{
    private readonly Dictionary<Relation, CatalogRelation> relations = [];

    /// <summary>Nothing is known.</summary>
    public static WarehouseCatalog Empty => new();

    public CatalogRelation? Find(Relation relation) => relations.GetValueOrDefault(relation);

    public static async Task<WarehouseCatalog> ReadAsync(Database database, IReadOnlyCollection<string> schemas, CancellationToken cancel)
    {
        var catalog = new WarehouseCatalog();
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Models/Docs/read_catalog.sql"), connection);
        command.Parameters.Add(new() { Value = schemas.ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) catalog.Add(row);
        return catalog;
    }

    private void Add(NpgsqlDataReader row)
    {
        var key = new Relation(row.GetString(0), row.GetString(1));
        if (!relations.TryGetValue(key, out var relation))
        {
            relation = new CatalogRelation(key.Schema, key.Name, Word(row.GetString(2)), row.GetString(3), Text(row, 4), row.GetInt64(5), row.GetInt64(6));
            relations[key] = relation;
        }
        if (!row.IsDBNull(7)) relation.Columns.Add(new CatalogRelation.Column(row.GetString(7), row.GetInt32(8), row.GetString(9), Text(row, 10)));
    }

    private static string? Text(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    private static string Word(string kind) => kind switch { "v" => "VIEW", "m" => "MATERIALIZED VIEW", "f" => "FOREIGN", _ => "BASE TABLE" };
}
