using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>Finds columns that a relation really has and that its properties do not list: they stay at home, and the report says so.</summary>
public static class HeldBackColumns
{
    /// <summary>One query; relations that do not exist give nothing.</summary>
    public static async Task<IReadOnlyList<HeldBack>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<(DeclaredModel Model, Relation Relation)> models, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Privacy/real_columns.sql"), connection);
        command.Parameters.Add(new() { Value = models.Select(model => model.Relation.Schema).ToArray() });
        command.Parameters.Add(new() { Value = models.Select(model => model.Relation.Name).ToArray() });
        var found = new List<HeldBack>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var model = models[(int)rows.GetInt64(0) - 1].Model;
            var column = rows.GetString(1);
            if (model.Columns.Any(declared => declared.Name == column)) continue;
            found.Add(new HeldBack(model.Name, column, "in the relation, but not declared", model.At));
        }
        return found;
    }
}
