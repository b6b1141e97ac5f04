namespace Tributary.Core.Privacy;

/// <summary>
/// The first three digits of ZIP codes whose areas hold 20,000 people or fewer. Source: HHS guidance on de-identification (list
/// from the census of 2000) and the ZIP code tabulation areas of the census of 2010; whatever is in either list is restricted.
/// The prefixes of military mail have no residents in a census and are restricted as well.
/// </summary>
public static class RestrictedZip3
{
    private static readonly string[] Census2000 =
        ["036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884", "890", "893"];

    private static readonly string[] Census2010 =
        ["036", "059", "102", "202", "203", "204", "205", "369", "556", "692", "753", "772", "821", "823", "878", "879", "884", "893"];

    private static readonly string[] Military =
        ["090", "091", "092", "093", "094", "095", "096", "097", "098", "099", "340", "962", "963", "964", "965", "966"];

    /// <summary>Sorted, without repeats.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Census2000.Concat(Census2010).Concat(Military).Distinct().Order(StringComparer.Ordinal)];
}
