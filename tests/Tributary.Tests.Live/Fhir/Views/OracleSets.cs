namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Collections as sets, by the values of their items.</summary>
internal static class OracleSets
{
    public static List<OracleItem> Apply(string function, List<OracleItem> source, List<OracleItem> other) => function switch
    {
        "distinct" => Distinct(source),
        "isDistinct" => [OracleItem.Of(Distinct(source).Count == source.Count)],
        "union" => Distinct([.. source, .. other]),
        "intersect" => Distinct([.. source.Where(item => Holds(other, item))]),
        "exclude" => [.. source.Where(item => !Holds(other, item))],
        "subsetOf" => [OracleItem.Of(source.All(item => Holds(other, item)))],
        _ => [OracleItem.Of(other.All(item => Holds(source, item)))],
    };

    private static List<OracleItem> Distinct(List<OracleItem> items) => [.. items.DistinctBy(item => OracleValues.Canonical(item.Node))];

    private static bool Holds(List<OracleItem> items, OracleItem wanted) => items.Any(item => OracleValues.Canonical(item.Node) == OracleValues.Canonical(wanted.Node));
}
