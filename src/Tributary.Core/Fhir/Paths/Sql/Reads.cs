using System.Text.RegularExpressions;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>
/// Reads a collection as the one value that it must be: NULL when it is empty, and a query that stops
/// and says where when it holds several.
/// </summary>
internal static partial class Reads
{
    public static string Text(PathValue value, SqlNames names) => value switch
    {
        PathValue.Scalar { Kind: PathKind.Quantity } quantity => $"({quantity.Sql} #>> '{{}}')",
        PathValue.Scalar { Kind: PathKind.Integer or PathKind.Decimal or PathKind.Boolean } scalar => $"({scalar.Sql})::text",
        PathValue.Scalar scalar => scalar.Sql,
        _ => TextOf(Collections.Items(value, names), names),
    };

    /// <summary>NULL when the item is no number.</summary>
    public static string Number(PathValue value, SqlNames names) => value switch
    {
        PathValue.Scalar { Kind: PathKind.Integer or PathKind.Decimal } scalar => scalar.Sql,
        PathValue.Scalar { Kind: PathKind.Quantity } quantity => $"({quantity.Sql} ->> 'value')::numeric",
        PathValue.Scalar => "null::numeric",
        _ => Each(value, names, item => $"case jsonb_typeof({item}) when 'number' then {item}::numeric end"),
    };

    /// <summary>As operators and criteria take it: one item that is no boolean counts as true (FHIRPath, "Singleton Evaluation of Collections").</summary>
    public static string Boolean(PathValue value, SqlNames names) => value switch
    {
        PathValue.Scalar { Kind: PathKind.Boolean } scalar => $"({scalar.Sql})",
        PathValue.Scalar { Kind: PathKind.Nothing } => "null::boolean",
        PathValue.Scalar scalar => $"(case when ({scalar.Sql}) is not null then true end)",
        _ => Each(value, names, item => $"case jsonb_typeof({item}) when 'boolean' then {item}::boolean when 'null' then null else true end"),
    };

    /// <summary>The item itself, as jsonb.</summary>
    public static string Json(PathValue value, SqlNames names)
    {
        if (value is PathValue.Scalar) return Collections.Items(value, names).Base;
        var items = Collections.Items(value, names);
        if (items.Keys is not { Count: 1 } keys) return Each(items, names, item => $"nullif({item}, 'null')");
        var plain = $"({items.Base} -> {SqlTemplate.Literal(keys[0])})";
        return $"(case when jsonb_typeof{plain} = 'array' then {Each(items, names, item => item)} else nullif({plain}, 'null') end)";
    }

    /// <summary>Applies <paramref name="form"/> to the one item; the item's SQL may stand in it any number of times.</summary>
    public static string Each(PathValue value, SqlNames names, Func<string, string> form)
    {
        var items = Collections.Items(value, names);
        if (items.IsFocus) return $"({form(items.Base)})";
        var item = names.Next("v");
        return items.Path.Length == 0
            ? $"(select {form(item)} from (select {items.Base} as {item} offset 0) as {names.Next("o")})"
            : $"(select {form(item)} from {Collections.Rows(items)} with ordinality as {names.Next("n")}({item}, place) where {IsFirst(names)})";
    }

    private static string IsFirst(SqlNames names) =>
        $"case when place = 1 then true else {Refusal.Sql("place", $"{names.Place} has several values where one is expected; write first(), or set `collection` to true")} is null end";

    /// <summary>Binds text expressions to names, so that <paramref name="form"/> may use them often and they are computed once.</summary>
    public static string Bind(IReadOnlyList<string> values, SqlNames names, Func<IReadOnlyList<string>, string> form)
    {
        var row = names.Next("b");
        var columns = values.Select((_, i) => $"{row}.x{i}").ToList();
        var bound = string.Join(", ", values.Select((value, i) => $"{value} as x{i}"));
        return $"(select {form(columns)} from (select {bound} offset 0) as {row})";
    }

    /// <summary>
    /// Plain elements of a column are read by key, which is many times faster than jsonpath; where the key leads to an array, or to
    /// nothing because an array lies on the way, the path decides.
    /// </summary>
    private static string TextOf(PathValue.Items items, SqlNames names)
    {
        if (items.IsFocus) return $"({items.Base} #>> '{{}}')";
        if (Quick(items) is { } quick && IsSure(items)) return quick;
        var exact = items.Path.Length == 0 ? $"({items.Base} #>> '{{}}')" : Each(items, names, item => $"{item} #>> '{{}}'");
        return items.Shortcut is { } shortcut ? shortcut.Around(exact)
            : Quick(items) is { } likely ? $"(case when {Doubt(items, likely)} then {exact} else {likely} end)" : exact;
    }

    /// <summary>The text at the end of plain keys; NULL where there is nothing, or an array on the way. Null when a key is no plain word.</summary>
    public static string? Quick(PathValue.Items items)
    {
        if (items.Keys is not { Count: > 0 } keys || !keys.All(key => Word().IsMatch(key))) return null;
        return $"({items.Base}{string.Concat(keys.SkipLast(1).Select(key => $" -> '{key}'"))} ->> '{keys[^1]}')";
    }

    /// <summary>When the quick text may not be the whole truth: an array is at its end, or on the way.</summary>
    public static string Doubt(PathValue.Items items, string quick) =>
        items.Keys is { Count: 1 } ? $"{quick} like '[%'" : $"{quick} is null or {quick} like '[%'";

    /// <summary>Whether FHIR lets none of the elements on the way stand more than once.</summary>
    public static bool IsSure(PathValue.Items items)
    {
        for (var step = items.Step; step is not null; step = step.From.Step)
        {
            if (!FhirTypes.IsSingular(step.Name, step.From.Element)) return false;
            if (step.From.IsFocus) return true;
        }
        return false;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Word();
}
