using System.Globalization;
using Npgsql;
using Spectre.Console;
using Tributary.Core.Postgres;

namespace Tributary.Cli.Output;

/// <summary>The rows of a look into the control schema, for the eye or for <c>--json</c>.</summary>
internal sealed record QueryTable(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    public static async Task<QueryTable> ReadAsync(Database database, string sql, IReadOnlyList<object> values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancel))
            rows.Add([.. columns.Select((_, i) => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return new QueryTable(columns, rows);
    }

    public void Print(Invocation invocation)
    {
        if (invocation.AsJson)
        {
            invocation.WriteJson(Rows.Select(row => Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)));
            return;
        }
        if (Rows.Count == 0)
        {
            invocation.WriteLine("Nothing yet.");
            return;
        }
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < Columns.Count; i++)
        {
            var column = new TableColumn(new Text(Columns[i].Replace('_', ' ')));
            if (Rows.All(row => row[i] is null or long or int or decimal)) column.RightAligned();
            table.AddColumn(column);
        }
        foreach (var row in Rows) table.AddRow(row.Select(value => new Text(Shown(value))));
        invocation.Results.Write(table);
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        long or int or decimal => string.Format(CultureInfo.InvariantCulture, "{0:N0}", value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
