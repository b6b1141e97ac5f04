using Npgsql;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>
/// Reads a result, sent as text, into the table that dbt would give to a template: Python's values of PostgreSQL's types,
/// then one type for each column.
/// </summary>
internal static class QueryTable
{
    public static AgateTable Read(NpgsqlDataReader reader, Action<string> print)
    {
        var names = new string[reader.FieldCount];
        var types = new uint[names.Length];
        for (var i = 0; i < names.Length; i++) (names[i], types[i]) = (reader.GetName(i), reader.GetDataTypeOID(i));
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[names.Length];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : CellReader.Read(types[i], reader.GetString(i));
            rows.Add(row);
        }
        var header = AgateHeader.Distinct(names);
        return new AgateTable(header, [.. names.Select((_, i) => Settle(rows, i))], rows) { Print = print };
    }

    /// <summary>The type of a column, to which its values are brought: text when one of them is text, else what all of them are.</summary>
    private static AgateType Settle(List<object?[]> rows, int column)
    {
        AgateType? type = null;
        foreach (var row in rows)
        {
            if (row[column] is not { } cell) continue;
            var own = TypeOf(cell);
            if (type is null || (type == AgateType.Integer && own == AgateType.Number)) type = own;
            else if (own != type && !(type == AgateType.Number && own == AgateType.Integer)) type = AgateType.Text;
            if (type == AgateType.Text) break;
        }
        if (type != AgateType.Text) return type ?? AgateType.Integer;
        foreach (var row in rows)
        {
            if (row[column] is not (null or string)) row[column] = PythonText.Of(row[column]);
        }
        return type;
    }

    private static AgateType TypeOf(object cell) => cell switch
    {
        long or System.Numerics.BigInteger => AgateType.Integer,
        decimal or double => AgateType.Number,
        bool => AgateType.Boolean,
        Time.DateValue => AgateType.Date,
        Time.DateTimeValue => AgateType.DateTime,
        _ => AgateType.Text,
    };
}
