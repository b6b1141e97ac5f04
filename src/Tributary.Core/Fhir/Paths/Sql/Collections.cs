using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>The forms in which a collection is used: as rows, as one jsonb array, as its first item, as the fact that it is not empty.</summary>
internal static class Collections
{
    public static readonly PathValue.Scalar Nothing = new("null::text", PathKind.Nothing);

    /// <summary>Every value as items, an element of any type resolved.</summary>
    public static PathValue.Items Items(PathValue value, SqlNames names) => value switch
    {
        PathValue.Items items => Settle(items, names),
        PathValue.Scalar scalar => new PathValue.Items($"to_jsonb({scalar.Sql})", "", scalar.Kind, IsOne: true),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>A FROM item: one jsonb column.</summary>
    public static string Rows(PathValue.Items items) => $"jsonb_path_query({items.Base}, {JsonPathText.Literal("$" + items.Path)})";

    /// <summary>A jsonb array, in order; NULL or empty when there is nothing.</summary>
    public static string Array(PathValue value, SqlNames names)
    {
        var items = Items(value, names);
        return items.Path == "[*]" ? items.Base : $"jsonb_path_query_array({items.Base}, {JsonPathText.Literal("$" + items.Path)})";
    }

    /// <summary>The items of a jsonb array that an expression makes.</summary>
    public static PathValue.Items OfArray(string array, PathKind kind = PathKind.Unknown, string? element = null) => new(array, "[*]", kind) { Element = element };

    /// <summary>One item that an expression makes, NULL when there is none.</summary>
    public static PathValue.Items One(string item, PathKind kind, string? element) => new(item, "", kind, IsOne: true) { Element = element };

    /// <summary>True or false, never NULL.</summary>
    public static string Exists(PathValue value, SqlNames names)
    {
        if (value is PathValue.Scalar scalar) return scalar.Kind == PathKind.Nothing ? "false" : $"(({scalar.Sql}) is not null)";
        var items = Items(value, names);
        return items.Path.Length == 0 ? $"(({items.Base}) is not null)" : $"coalesce(jsonb_path_exists({items.Base}, {JsonPathText.Literal("$" + items.Path)}), false)";
    }

    public static string Count(PathValue value, SqlNames names) =>
        value is PathValue.Scalar ? $"case when {Exists(value, names)} then 1 else 0 end" : $"coalesce(jsonb_array_length({Array(value, names)}), 0)";

    public static PathValue First(PathValue value, SqlNames names)
    {
        if (value is not PathValue.Items open || Settle(open, names) is not { IsOne: false } items) return value;
        return One($"jsonb_path_query_first({items.Base}, {JsonPathText.Literal("$" + items.Path)})", items.Kind, items.Element);
    }

    /// <summary>The item at a place that is known, from 0.</summary>
    public static PathValue.Items At(PathValue value, int place, SqlNames names)
    {
        var items = Items(value, names);
        // One array directly below one item can be indexed in the path itself.
        if (items.Step is { From: { IsOne: true } from } step && items.Path == from.Path + JsonPathText.Step(step.Name))
            return new PathValue.Items(items.Base, $"{from.Path}.{JsonPathText.Quote(step.Name)}[{place}]", items.Kind, IsOne: true) { Element = items.Element };
        return One($"({Array(items, names)} -> {place})", items.Kind, items.Element);
    }

    /// <summary>The items from one place to another, both included; <paramref name="to"/> may be <c>last</c>.</summary>
    public static PathValue.Items Slice(PathValue value, string from, string to, SqlNames names)
    {
        var items = Items(value, names);
        return new PathValue.Items(Array(items, names), $"[{from} to {to}]", items.Kind) { Element = items.Element };
    }

    /// <summary>One array after the other.</summary>
    public static PathValue.Items Join(PathValue left, PathValue right, SqlNames names)
    {
        var kind = left.Kind == right.Kind ? left.Kind : PathKind.Unknown;
        return OfArray($"(coalesce({Array(left, names)}, '[]') || coalesce({Array(right, names)}, '[]'))", kind);
    }

    public static PathValue.Items Distinct(PathValue value, SqlNames names)
    {
        var items = Items(value, names);
        var (item, place, row) = (names.Next("i"), names.Next("n"), names.Next("d"));
        return OfArray($"(select jsonb_agg({row}.{item} order by {row}.{place}) from (select {item}, min({place}) as {place} from {Rows(items)} "
            + $"with ordinality as {row}({item}, {place}) group by {item}) as {row})", items.Kind, items.Element);
    }

    /// <summary>An element that may be of any type, and whose type nobody named, is looked up under all the keys that it may have.</summary>
    public static PathValue.Items Settle(PathValue.Items items, SqlNames names)
    {
        if (items.Step is not { } step || !FhirTypes.IsOpenChoice(step.Name, step.From.Element)) return items;
        var (row, pair) = (names.Next("s"), names.Next("e"));
        var keys = string.Join(", ", FhirTypes.Keys(step.Name).Select(SqlTemplate.Literal));
        return OfArray($"(select jsonb_agg({pair}.value) from {Rows(step.From)} as {row}(item) cross join lateral "
            + $"jsonb_each(case jsonb_typeof({row}.item) when 'object' then {row}.item end) as {pair} where {pair}.key in ({keys}))", PathKind.Unknown, step.Name);
    }
}
