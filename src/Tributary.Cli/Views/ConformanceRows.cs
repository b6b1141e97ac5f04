using System.Globalization;
using System.Text.Json;

namespace Tributary.Cli.Views;

/// <summary>Compares rows as multisets; numbers by value, a column that is missing as null.</summary>
internal static class ConformanceRows
{
    /// <summary>Null when they are alike, else what differs.</summary>
    public static string? Compare(IReadOnlyList<JsonElement> expected, IReadOnlyList<string> columns, IReadOnlyList<string?[]> found)
    {
        if (expected.Count != found.Count) return $"expected {expected.Count} rows, found {found.Count}";
        var strange = expected.SelectMany(row => row.EnumerateObject().Select(column => column.Name)).FirstOrDefault(name => !columns.Contains(name));
        if (strange is not null) return $"there is no column {strange}";
        var wanted = expected.Select(Canonical).Order(StringComparer.Ordinal).ToList();
        var given = found.Select(row => Canonical(columns, row)).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] != given[i]) return $"expected {wanted[i]}, found {given[i]}";
        }
        return null;
    }

    private static string Canonical(IReadOnlyList<string> columns, string?[] row)
    {
        var values = columns.Zip(row).Where(pair => pair.Second is not null).Select(pair => (pair.First, Value(JsonDocument.Parse(pair.Second!).RootElement))); // filtered
        return Object(values);
    }

    private static string Canonical(JsonElement row) => Object(row.EnumerateObject().Where(column => column.Value.ValueKind != JsonValueKind.Null).Select(column => (column.Name, Value(column.Value))));

    private static string Object(IEnumerable<(string Name, string Value)> members) =>
        $"{{{string.Join(',', members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{member.Value}"))}}}";

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Object(value.EnumerateObject().Select(member => (member.Name, Value(member.Value)))),
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Value))}]",
        JsonValueKind.Number => Number(value),
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        _ => value.GetRawText(),
    };

    private static string Number(JsonElement value) =>
        value.TryGetDecimal(out var exact) ? (exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
