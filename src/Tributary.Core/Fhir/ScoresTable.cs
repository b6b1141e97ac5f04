using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>The model <c>questionnaire_scores</c>: totals of the instruments that the questionnaires hold, by answer code.</summary>
internal static class ScoresTable
{
    private static readonly GeneratedColumn[] Columns =
    [
        new("response_id", "Id of the response.", "text", "id", ["not_null"]),
        new("patient_id", "Id of the patient.", "text", "id"),
        new("organization_id", "Id of the organization that asked.", "text", "id"),
        new("instrument", "PHQ-9 or GAD-7.", "text", "safe", ["not_null"]),
        new("session", "The session that the table's name tells; null when it tells none.", "integer", "safe"),
        new("authored", "When the answers were given.", "timestamptz", "date"),
        new("items_answered", "Items with a valid answer.", "integer", "safe"),
        new("items_expected", "Items of the instrument.", "integer", "safe"),
        new("score", "The total; null when an item is missing or invalid.", "integer", "safe"),
        new("is_complete", "Every item has a valid answer.", "boolean", "safe", ["not_null"]),
        new("band", "Severity by the instrument's bands; null when the score is.", "text", "safe"),
        new("item9_positive", "PHQ-9's item 9 is above 0, known even when the score is incomplete; null when it was not answered.",
            "boolean", "safe"),
    ];

    /// <summary>Null when no questionnaire holds an instrument.</summary>
    public static GeneratedModel? Of(IReadOnlyList<ScoredQuestionnaire> scored, QuestionnairesConfig config) =>
        scored.Count == 0 ? null : new(
        "questionnaire_scores", config.WideFolder, Template(scored, config),
        new Dictionary<string, object?> { ["materialized"] = config.Materialized },
        Columns, config.At, "Totals of PHQ-9 and GAD-7, one row a response and instrument.");

    private static string Template(IReadOnlyList<ScoredQuestionnaire> scored, QuestionnairesConfig config) => SqlTemplate.Fill(
        "Fhir/questionnaire_scores.sql",
        ("items", string.Join(",\n        ", scored.SelectMany(Rows))),
        ("long_table", SqlTemplate.Literal(config.LongTable)),
        ("questionnaires", string.Join(", ", scored.Select(form => form.Questionnaire.Name).Distinct().Select(SqlTemplate.Literal))),
        ("codes", string.Join(" ", Instrument.AnswerCodes.Select((code, score) => $"when '{code}' then {score}"))),
        ("bands", string.Join("\n        ", Instrument.All.Select(Bands))));

    private static IEnumerable<string> Rows(ScoredQuestionnaire form) => form.Items.Select(item => Invariant($"""
        ({SqlTemplate.Literal(form.Questionnaire.Name)}, {Asked(form)}, {item.Item}, {SqlTemplate.Literal(item.LinkId)})
        """));

    private static string Asked(ScoredQuestionnaire form) => Invariant(
        $"'{form.Instrument.Name}', {Number(form.Session)}, {form.Instrument.Items.Count}, {Number(form.Instrument.SafetyItem)}");

    private static string Number(int? value) => value is { } number ? Invariant($"{number}") : "null::int";

    private static string Bands(Instrument instrument)
    {
        var bands = instrument.Bands.Select(band => Invariant($"when score <= {band.Last} then '{band.Name}'"));
        return $"when '{instrument.Name}' then case {string.Join(" ", bands)} end";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
