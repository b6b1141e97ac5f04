using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// A column's PostgreSQL type and how a text becomes one (SQL-on-FHIR, "Default Type Mappings"). <paramref name="Read"/> is null for
/// jsonb, which takes items as they are.
/// </summary>
internal sealed record ColumnType(string Sql, Func<string, SqlNames, string>? Read)
{
    public static readonly ColumnType Text = new("text", (text, _) => text);

    public static readonly ColumnType Json = new("jsonb", null);

    public static ColumnType Cast(string type) => new(type, (text, _) => $"({text})::{type}");

    /// <summary>One that reads a text several times.</summary>
    public static ColumnType Bound(string type, Func<string, string> form) => new(type, (text, names) => Reads.Bind([text], names, x => form(x[0])));

    /// <summary>For a declared type, else for what is known of the expression.</summary>
    public static ColumnType Of(ViewColumn column, PathKind kind, ColumnForm form)
    {
        if (column.AnsiType is { } ansi && AnsiTypes.Find(ansi) is { } wished) return wished;
        if (column.Type is { } type) return OfType(type, form);
        return kind switch
        {
            PathKind.Boolean => Cast("boolean"),
            PathKind.Integer => Cast("integer"),
            PathKind.Decimal => Cast("numeric"),
            PathKind.Complex or PathKind.Quantity => Json,
            PathKind.Unknown => form == ColumnForm.Table ? Text : Json,
            _ => Text,
        };
    }

    private static ColumnType OfType(string type, ColumnForm form) => type switch
    {
        "boolean" or "Boolean" => Cast("boolean"),
        "integer" or "positiveInt" or "unsignedInt" or "Integer" => Cast("integer"),
        "integer64" or "Long" => Cast("bigint"),
        // The specification proposes text, for engines that lose digits; numeric keeps every one.
        "decimal" or "Decimal" => Cast("numeric"),
        "instant" when form == ColumnForm.Table => Cast("timestamptz"),
        "base64Binary" when form == ColumnForm.Table => new ColumnType("bytea", (text, _) => $"decode({text}, 'base64')"),
        _ when FhirTypes.KindOfType(type) is PathKind.Complex or PathKind.Quantity => Json,
        _ => Text,
    };
}
