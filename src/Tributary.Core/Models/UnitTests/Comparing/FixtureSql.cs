using Tributary.Core.Models.UnitTests.Fixtures;
using System.Collections;
using System.Globalization;
using System.Text;
using Tributary.Core.Models.Context;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>Writes rows as a query, each value cast to its column's type; what a row does not name is NULL.</summary>
internal static class FixtureSql
{
    /// <summary>All of <paramref name="columns"/> in their order; throws when a row names another.</summary>
    public static string Of(FixtureRows fixture, IReadOnlyList<TypedColumn> columns, string owner)
    {
        foreach (var given in fixture.Columns) Require(given, fixture, columns, owner);
        var sql = new StringBuilder("select * from (values\n");
        for (var row = 0; row < Math.Max(1, fixture.Rows.Count); row++)
        {
            var values = fixture.Rows.Count == 0 ? null : new Dictionary<string, object?>(fixture.Rows[row], StringComparer.OrdinalIgnoreCase);
            sql.Append(row == 0 ? "    (" : ",\n    (");
            for (var i = 0; i < columns.Count; i++)
                sql.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"cast({Literal(values?.GetValueOrDefault(columns[i].Name), columns[i])} as {columns[i].CastType})");
            sql.Append(')');
        }
        sql.Append("\n) as fixture (").AppendJoin(", ", columns.Select(column => Identifier.Quote(column.Name))).Append(')');
        return fixture.Rows.Count == 0 ? sql.Append(" where false").ToString() : sql.ToString();
    }

    /// <summary>The columns that the rows name, as the query that they belong to spells and types them.</summary>
    public static IReadOnlyList<TypedColumn> Named(FixtureRows fixture, IReadOnlyList<TypedColumn> columns, string owner) =>
        fixture.Columns.Count == 0 ? columns : [.. fixture.Columns.Select(name => Require(name, fixture, columns, owner))];

    private static TypedColumn Require(string name, FixtureRows fixture, IReadOnlyList<TypedColumn> columns, string owner)
    {
        foreach (var column in columns)
        {
            if (column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return column;
        }
        throw new UserErrorException(ErrorCodes.UnknownName, fixture.Fixture.At, $"{owner} has no column '{name}'", Nearest.Hint(name, [.. columns.Select(column => column.Name)]));
    }

    private static string Literal(object? value, TypedColumn column) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Identifier.Literal(text),
        IReadOnlyDictionary<string, object?> => Identifier.Literal(PlainObject.ToJson(value)),
        IEnumerable items => column.IsArray ? Array(items, column) : Identifier.Literal(PlainObject.ToJson(value)),
        _ => PythonText.Of(value),
    };

    private static string Array(IEnumerable items, TypedColumn column) => $"array[{string.Join(", ", items.Cast<object?>().Select(item => Literal(item, column)))}]";
}
