using Npgsql;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>Runs both queries of a test, in one message, and compares what they return.</summary>
internal static class FixtureComparison
{
    public static async Task<RowDifferences> RunAsync(NpgsqlConnection connection, CompiledUnitTest compiled, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(compiled.Statement, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var actual = await RowsAsync(reader, cancel);
        await reader.NextResultAsync(cancel);
        return new RowDifferences(compiled.Columns, actual, await RowsAsync(reader, cancel));
    }

    private static async Task<List<string?[]>> RowsAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var rows = new List<string?[]>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i, cancel) ? null : reader.GetString(i);
            rows.Add(row);
        }
        return rows;
    }
}
