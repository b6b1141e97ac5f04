using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>Two views that say which answers the wide tables do not show: items without a column, answers that do not fit theirs.</summary>
internal static class AnswerReports
{
    private static readonly GeneratedColumn Questionnaire = new("questionnaire", "Name of the questionnaire.", "text", "safe");
    private static readonly GeneratedColumn LinkId = new("link_id", "The item.", "text", "safe");
    private static readonly GeneratedColumn Answers = new("answers", "Number of answers.", "bigint", "safe");

    public static GeneratedModel Unmapped(QuestionnaireMetadata metadata, QuestionnairesConfig config)
    {
        var mapped = metadata.Questionnaires
            .SelectMany(table => table.Columns.Select(column => Row(table.Name, column.LinkId)))
            .Distinct();
        return Report("questionnaire_unmapped_linkids", config, "Answered items that no row of the metadata CSV maps.",
            Fill("Fhir/questionnaire_unmapped_linkids.sql", config, mapped),
            [
                Questionnaire, LinkId, Answers,
                new("first_seen", "When the first of them was given.", "timestamptz", "date"),
                new("last_seen", "When the last of them was given.", "timestamptz", "date"),
            ]);
    }

    /// <summary>Null when every column keeps all answers as text.</summary>
    public static GeneratedModel? Unread(QuestionnaireMetadata metadata, QuestionnairesConfig config)
    {
        var typed = metadata.Questionnaires
            .SelectMany(table => table.Columns.Where(column => !column.Type.KeepsAll).Select(column => (table, column)))
            .ToList();
        if (typed.Count == 0) return null;
        var mapped = typed.Select(pair =>
            Row(pair.table.Name, pair.column.LinkId, pair.table.Table, pair.column.Name, pair.column.Type.Name));
        var casts = typed.Select(pair => pair.column.Type).Distinct().Select(type => $"when '{type.Name}' then ({type.Cast}) is null");
        return Report("questionnaire_unread_answers", config,
            "Answers of mapped items that the wide tables do not show: unreadable as the column's type, or later than the first.",
            Fill("Fhir/questionnaire_unread_answers.sql", config, mapped, ("casts", string.Join("\n            ", casts))),
            [
                new("table_name", "The wide table.", "text", "safe"), new("column_name", "Its column.", "text", "safe"),
                new("data_type", "Type of the column.", "text", "safe"), Questionnaire, LinkId, Answers,
                new("unreadable", "Answers that cannot be read as that type; the column is null there.", "bigint", "safe"),
                new("later", "Second and later answers; the column keeps the first.", "bigint", "safe"),
            ]);
    }

    private static string Row(params IEnumerable<string> texts) => $"({string.Join(", ", texts.Select(SqlTemplate.Literal))})";

    private static string Fill(string path, QuestionnairesConfig config, IEnumerable<string> mapped, params (string, string)[] more) =>
        SqlTemplate.Fill(path,
            [("long_table", SqlTemplate.Literal(config.LongTable)), ("mapped", string.Join(",\n        ", mapped)), .. more]);

    private static GeneratedModel Report(
        string name, QuestionnairesConfig config, string description, string template, GeneratedColumn[] columns) => new(
        name, config.WideFolder, template, new Dictionary<string, object?> { ["materialized"] = "view" }, columns, config.At, description);
}
