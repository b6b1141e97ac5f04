using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Context.Time;

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
        var types = Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeOID).ToList();
        var rows = new List<IReadOnlyList<string?>>();
        var values = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new string?[columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i, cancel) ? null : reader.GetString(i);
            rows.Add(row);
            values.Add([.. row.Select((text, i) => text is null ? null : Plain(CellReader.Read(types[i], text)))]);
        }
        return new QueryPreview(columns, rows, values);
    }

    /// <summary>What JSON has no value for is text, as dbt writes it.</summary>
    private static object? Plain(object? value) => value switch
    {
        long or decimal or bool or string => value,
        double number when double.IsFinite(number) => value,
        DateValue or DateTimeValue => value.ToString()?.Replace(' ', 'T'),
        _ => PythonText.Of(value),
    };
}
