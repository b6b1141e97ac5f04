using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>
/// Checks a metric against the relation that its model built: its real columns, and what PostgreSQL says of its SQL. Reads no rows.
/// </summary>
public static class MetricProbe
{
    /// <summary>Adds every problem. Call it where no transaction is open; a relation that does not exist has no columns and is not checked.</summary>
    public static async Task CheckAsync(
        NpgsqlConnection connection, Metric metric, Relation relation, Problems problems, CancellationToken cancel)
    {
        var columns = await ColumnsAsync(connection, relation, cancel);
        if (columns.Count == 0 || metric.DividesMetrics) return;
        var before = problems.Count;
        MetricColumns.Check(metric, columns, "has", problems);
        if (problems.Count > before) return;
        foreach (var part in metric.Expressions)
        {
            if (await RefusalAsync(connection, Query(part.Sql, part.IsAggregate, relation), cancel) is { } refusal)
                problems.Add(ErrorCodes.MetricInvalid, metric.Config.At,
                    $"metric {metric.Id}: PostgreSQL refuses its {part.Key}: {refusal}",
                    "Write one SQL expression over the columns of source_model; columns outside of the aggregate cannot be read.");
        }
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(NpgsqlConnection connection, Relation relation, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Metrics/real_columns.sql"), connection);
        command.Parameters.Add(new() { Value = relation.Schema });
        command.Parameters.Add(new() { Value = relation.Name });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var columns = new List<string>();
        while (await rows.ReadAsync(cancel)) columns.Add(rows.GetString(0));
        return columns;
    }

    /// <summary>Grouping by nothing makes PostgreSQL refuse a column that stands outside of an aggregate.</summary>
    private static string Query(string sql, bool isAggregate, Relation relation)
    {
        var expression = MetricExpression.AtEpoch(sql);
        return isAggregate
            ? $"explain select ({expression}) from {relation.Sql} group by ()"
            : $"explain select from {relation.Sql} where ({expression})";
    }

    private static async Task<string?> RefusalAsync(NpgsqlConnection connection, string query, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(query, connection);
            await command.ExecuteNonQueryAsync(cancel);
            return null;
        }
        catch (PostgresException error)
        {
            return error.MessageText;
        }
    }
}
