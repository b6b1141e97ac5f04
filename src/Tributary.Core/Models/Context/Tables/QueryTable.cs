using Npgsql;
using Tributary.Core.Models.Context.Time;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>Reads a result into a table with the values that Python's driver would give: numbers, text, dates, lists; JSON as text.</summary>
internal static class QueryTable
{
    public static AgateTable Read(NpgsqlDataReader reader)
    {
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++) names[i] = reader.GetName(i);
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[names.Length];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : Value(reader, i);
            rows.Add(row);
        }
        return new AgateTable(names, rows);
    }

    private static object? Value(NpgsqlDataReader reader, int i) => reader.GetDataTypeName(i) switch
    {
        "smallint" or "integer" or "bigint" => Convert.ToInt64(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture),
        _ => Plain(reader.GetValue(i)),
    };

    private static object? Plain(object value) => value switch
    {
        DateTime { Kind: DateTimeKind.Utc } at => new DateTimeValue(at, TimeSpan.Zero, "UTC"),
        DateTime { TimeOfDay.Ticks: >= 0 } at => new DateTimeValue(at),
        DateOnly day => new DateValue(day),
        TimeSpan span => new SpanValue(span),
        TimeOnly time => time.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        float number => (double)number,
        uint oid => (long)oid,
        Guid id => id.ToString(),
        Array array => array.Cast<object?>().Select(item => item is null ? null : Plain(item)).ToList(),
        _ => value,
    };
}
