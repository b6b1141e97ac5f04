using System.Text.RegularExpressions;
using Tributary.Core.Postgres;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// The SQL types that a tag <c>ansi/type</c> may name, as PostgreSQL has them. Dates and times that are partial or wrong become NULL;
/// character types are text, because a cast to a length would cut silently.
/// </summary>
internal static partial class AnsiTypes
{
    public static readonly IReadOnlyList<string> Names =
    [
        "CHARACTER VARYING", "CHARACTER", "VARCHAR", "CHAR", "CLOB", "TEXT", "BOOLEAN", "SMALLINT", "INTEGER", "INT", "BIGINT", "DECIMAL", "NUMERIC", "REAL",
        "FLOAT", "DOUBLE PRECISION", "DATE", "TIME", "TIME WITH TIME ZONE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "BINARY", "VARBINARY", "BLOB", "JSON",
    ];

    /// <summary>Null when the type is not known.</summary>
    public static ColumnType? Find(string type)
    {
        var match = Form().Match(Blanks().Replace(type.Trim(), " "));
        if (!match.Success) return null;
        var size = match.Groups["size"].Value;
        var zone = match.Groups["zone"].Value.ToUpperInvariant();
        var name = $"{match.Groups["name"].Value.ToUpperInvariant()}{(zone.Contains("WITH ", StringComparison.Ordinal) ? " WITH TIME ZONE" : "")}";
        return name switch
        {
            "CHARACTER VARYING" or "CHAR VARYING" or "VARCHAR" or "CHARACTER" or "CHAR" or "NCHAR" or "NVARCHAR" or "CLOB" or "TEXT" or "STRING"
                or "CHARACTER LARGE OBJECT" => ColumnType.Text,
            "BOOLEAN" => ColumnType.Cast("boolean"),
            "SMALLINT" => ColumnType.Cast("smallint"),
            "INT" or "INTEGER" => ColumnType.Cast("integer"),
            "BIGINT" => ColumnType.Cast("bigint"),
            "DECIMAL" or "NUMERIC" or "DEC" => ColumnType.Cast($"numeric{size}"),
            "REAL" => ColumnType.Cast("real"),
            "FLOAT" or "DOUBLE PRECISION" => ColumnType.Cast("double precision"),
            "DATE" => ColumnType.Bound("date", SafeCast.Date),
            "TIME" => ColumnType.Bound("time", SafeCast.Time),
            "TIME WITH TIME ZONE" => ColumnType.Bound("timetz", text => $"({SafeCast.Time(text)})::timetz"),
            "TIMESTAMP" => ColumnType.Bound("timestamp", text => $"({SafeCast.Timestamp(text)} at time zone 'UTC')"),
            "TIMESTAMP WITH TIME ZONE" => ColumnType.Bound("timestamptz", SafeCast.Timestamp),
            "BINARY" or "VARBINARY" or "BINARY VARYING" or "BLOB" or "BINARY LARGE OBJECT" => new ColumnType("bytea", (text, _) => $"decode({text}, 'base64')"),
            "JSON" or "JSONB" => ColumnType.Json,
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z ]+?) ?(?<size>\( ?\d{1,3} ?(?:, ?\d{1,3} ?)?\))?(?<zone> (?:WITH|WITHOUT) TIME ZONE)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
