namespace Tributary.Core.Fhir;

/// <summary>
/// A scored questionnaire: its items as LOINC codes in their order, each answered 0 to 3, and the bands of its total.
/// PHQ-9 is LOINC 44249-1, GAD-7 is 69737-5.
/// </summary>
internal sealed record Instrument(string Name, string Key, IReadOnlyList<string> Items, IReadOnlyList<Band> Bands, int? SafetyItem)
{
    /// <summary>LOINC answer list LL358-3.</summary>
    public static readonly IReadOnlyList<string> AnswerCodes = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];

    public static readonly IReadOnlyList<Instrument> All =
    [
        new("PHQ-9", "phq9", ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"],
            [new("minimal", 4), new("mild", 9), new("moderate", 14), new("moderately severe", 19), new("severe", 27)], SafetyItem: 9),
        new("GAD-7", "gad7", ["69725-0", "68509-9", "69733-5", "69734-3", "69735-0", "69689-8", "69736-8"],
            [new("minimal", 4), new("mild", 9), new("moderate", 14), new("severe", 21)], SafetyItem: null),
    ];
}

/// <summary>A range of totals by its last one; it begins after the band before.</summary>
internal sealed record Band(string Name, int Last);
