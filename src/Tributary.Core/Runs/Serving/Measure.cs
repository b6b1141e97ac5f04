using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Serving;

/// <summary>One number for a monitoring system: its name, what it is of (label and value; null: of the whole project) and its value.</summary>
public sealed record Measure(string Name, string? Label, string? Of, double Value)
{
    /// <summary>What the ledger can tell: ages, counts and states; never a value from the data. Grouped by name.</summary>
    public static async Task<IReadOnlyList<Measure>> ReadAsync(Database database, ProjectKey key, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Runs/Serving/read_measures.sql"), connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var measures = new List<Measure>();
        while (await rows.ReadAsync(cancel))
            measures.Add(new Measure(rows.GetString(0), await TextAsync(rows, 1, cancel), await TextAsync(rows, 2, cancel), rows.GetDouble(3)));
        return measures;
    }

    private static async Task<string?> TextAsync(NpgsqlDataReader rows, int column, CancellationToken cancel) =>
        await rows.IsDBNullAsync(column, cancel) ? null : rows.GetString(column);
}
