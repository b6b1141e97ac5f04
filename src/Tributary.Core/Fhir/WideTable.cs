using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>The wide table of one questionnaire: one row a response, one typed column a mapped item.</summary>
internal static class WideTable
{
    /// <summary>The columns that every wide table starts with.</summary>
    public static readonly IReadOnlyList<GeneratedColumn> Keys =
    [
        new("response_id", "Id of the response.", "text", "id", ["not_null", "unique"]),
        new("patient_id", "Id of the patient whom the answers are about.", "text", "id"),
        new("encounter_id", "Id of the encounter in which they were given.", "text", "id"),
        new("organization_id", "Id of the organization that asked.", "text", "id"),
        new("practitioner_id", "Id of the practitioner who filled it in; null when the patient did.", "text", "id"),
        new("authored", "When the answers were given.", "timestamptz", "date"),
    ];

    public static GeneratedModel Of(Questionnaire questionnaire, QuestionnairesConfig config) => new(
        questionnaire.Table,
        config.WideFolder,
        Template(questionnaire, config),
        new Dictionary<string, object?> { ["materialized"] = config.Materialized },
        [.. Keys, .. questionnaire.Columns.Select(Describe)],
        questionnaire.At,
        $"Answers to {(questionnaire.Title.Length > 0 ? questionnaire.Title : questionnaire.Name)}, one row a response.");

    private static string Template(Questionnaire questionnaire, QuestionnairesConfig config) => SqlTemplate.Fill("Fhir/wide_table.sql",
        ("long_table", SqlTemplate.Literal(config.LongTable)),
        ("questionnaire", SqlTemplate.Literal(questionnaire.Name)),
        ("casts", string.Concat(questionnaire.Columns.Select(column => column.Type).Where(type => !type.KeepsAll).Distinct()
            .Select(type => $",\n        {type.Cast} as {type.CastColumn}"))),
        ("columns", string.Concat(questionnaire.Columns
            .Select(column => $",\n    {Aggregate(column)} as {Identifier.Quote(column.Name)}"))));

    private static string Aggregate(QuestionnaireColumn column)
    {
        var order = "order by item_order, answer_index";
        var answered = $"filter (where link_id = {SqlTemplate.Literal(column.LinkId)} and value_type is not null)";
        if (column.Type == AnswerType.Text) return $"string_agg(value_text, '; ' {order}) {answered}";
        if (column.Type == AnswerType.TextArray) return $"array_agg(value_text {order}) {answered}";
        return $"(array_agg({column.Type.CastColumn} {order}) {answered})[1]";
    }

    private static GeneratedColumn Describe(QuestionnaireColumn column) =>
        new(column.Name, column.Label.Length > 0 ? column.Label : column.ShortName, column.Type.Name, column.Class);
}
