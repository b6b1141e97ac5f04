using Npgsql;
using NpgsqlTypes;

namespace Tributary.Core.Models.Running;

/// <summary>Reads the first rows of a query as the text that PostgreSQL itself shows.</summary>
internal static class Preview
{
    /// <summary>A negative limit stands for none.</summary>
    public static async Task<QueryPreview> ReadAsync(NpgsqlConnection connection, string sql, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select * from (\n{sql}\n) as shown limit $1", connection) { AllResultTypesAreUnknown = true };
        command.Parameters.Add(new() { Value = limit < 0 ? DBNull.Value : limit, NpgsqlDbType = NpgsqlDbType.Integer });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new string?[columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i, cancel) ? null : reader.GetString(i);
            rows.Add(row);
        }
        return new QueryPreview(columns, rows);
    }
}
