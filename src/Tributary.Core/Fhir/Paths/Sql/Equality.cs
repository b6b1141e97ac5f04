namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>
/// <c>=</c>, <c>~</c> and membership. Collections are equal when they hold equal items in the same order; an empty one makes the answer
/// empty (FHIRPath 2.0, "Equality").
/// </summary>
internal static class Equality
{
    public static string Equal(PathValue left, PathValue right, SqlNames names)
    {
        if (left.Kind == PathKind.Nothing || right.Kind == PathKind.Nothing) return "null::boolean";
        if (Moments.Apply(left, right)) return Moments.Compare("=", left, right, names);
        if (Quantities.Apply(left, right)) return Quantities.Compare("=", left, right, names);
        if (left is PathValue.Scalar a && right is PathValue.Scalar b) return Scalars(a, b);
        return $"(nullif({Filled(left, names)}, '[]') = nullif({Filled(right, names)}, '[]'))";
    }

    /// <summary>Two empty collections are equivalent; case and order do not count.</summary>
    public static string Equivalent(PathValue left, PathValue right, SqlNames names) => $"({Sorted(left, names)} = {Sorted(right, names)})";

    public static string In(PathValue item, PathValue collection, SqlNames names)
    {
        var items = Collections.Items(collection, names);
        var (row, column) = (names.Next("m"), names.Next("v"));
        return Reads.Bind([Reads.Json(item, names)], names, x =>
            $"case when {x[0]} is not null then exists (select from {Collections.Rows(items)} as {row}({column}) where {row}.{column} = {x[0]}) end");
    }

    private static string Scalars(PathValue.Scalar left, PathValue.Scalar right)
    {
        if (IsNumber(left) && IsNumber(right)) return $"({left.Sql} = {right.Sql})";
        if (IsText(left) && IsText(right)) return $"({left.Sql} = {right.Sql})";
        if (left.Kind == right.Kind) return $"({left.Sql} = {right.Sql})";
        return $"(case when ({left.Sql}) is not null and ({right.Sql}) is not null then false end)";
    }

    private static bool IsNumber(PathValue value) => value.Kind is PathKind.Integer or PathKind.Decimal;

    private static bool IsText(PathValue value) => value.Kind is PathKind.String or PathKind.Date or PathKind.DateTime or PathKind.Time;

    /// <summary>As jsonb array; a missing scalar is a missing item.</summary>
    private static string Filled(PathValue value, SqlNames names) =>
        value is PathValue.Scalar scalar ? $"nullif(jsonb_build_array({scalar.Sql}), '[null]')" : Collections.Array(value, names);

    private static string Sorted(PathValue value, SqlNames names)
    {
        var item = names.Next("v");
        var items = Collections.Items(value, names);
        return $"coalesce((select jsonb_agg(lower({item}::text)::jsonb order by lower({item}::text)) from {Collections.Rows(items)} as {item}), '[]')";
    }
}
