namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Quantities are compared when their units are the same, by code or by name; units are not converted.</summary>
internal static class Quantities
{
    /// <summary>Whether one of them is known to be a quantity, and the other may be.</summary>
    public static bool Apply(PathValue left, PathValue right) =>
        (left.Kind == PathKind.Quantity && MayBe(right)) || (right.Kind == PathKind.Quantity && MayBe(left));

    public static string Compare(string symbol, PathValue left, PathValue right, SqlNames names) =>
        Reads.Bind([Reads.Json(left, names), Reads.Json(right, names)], names, x => Compare(symbol, x[0], x[1]));

    /// <summary>For two SQL expressions of jsonb.</summary>
    public static string Compare(string symbol, string left, string right) =>
        $"case when jsonb_typeof({left} -> 'value') = 'number' and jsonb_typeof({right} -> 'value') = 'number' "
        + $"and array_remove(array[coalesce({left} ->> 'code', {left} ->> 'unit', '1'), {left} ->> 'unit'], null) "
        + $"&& array_remove(array[coalesce({right} ->> 'code', {right} ->> 'unit', '1'), {right} ->> 'unit'], null) "
        + $"then ({left} -> 'value') {symbol} ({right} -> 'value') end";

    private static bool MayBe(PathValue value) => value.Kind is PathKind.Quantity or PathKind.Unknown or PathKind.Complex;
}
