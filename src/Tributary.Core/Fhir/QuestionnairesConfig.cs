using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Fhir;

/// <summary>The <c>questionnaires:</c> entry of tributary.yml: which answers become which tables.</summary>
public sealed record QuestionnairesConfig(
    SourcePosition At,
    [Description("CSV with one row a mapped item: table, column, linkid, short_name, label, data_type, questionnaire_title, source, anon.")]
    string Metadata,
    [Description("Folder or file with Questionnaire resources (.json, .ndjson): they give titles, labels and types that the CSV leaves blank.")]
    string? Definitions = null,
    [Description("The stream of QuestionnaireResponse resources.")]
    string Responses = "fhir.QuestionnaireResponse",
    [Description("Name of the model with one row an answer.")]
    string LongTable = "int_qr_answers_long",
    [Description("Folder below models/ whose configuration the long table takes.")]
    string LongFolder = "intermediate",
    [Description("Folder below models/ whose configuration the wide tables, scores and reports take.")]
    string WideFolder = "marts",
    [Description("Extension URL, or jsonpath starting with $, of the reference to the organization; absent: no organization.")]
    string? Organization = null,
    [Description("Statuses that count; responses in any other are left out.")]
    IReadOnlyList<string>? Statuses = null,
    [Description("How the long and the wide tables are built: table or view.")]
    string Materialized = "table",
    [Description("Items of a score by instrument (phq9, gad7), as linkIds in their order; absent: found by LOINC code or short name.")]
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Scores = null) : IValidated
{
    /// <summary>What counts as answered when the project does not say: FHIR's amended is a completed response that was corrected.</summary>
    public IReadOnlyList<string> CountedStatuses => Statuses ?? ["completed", "amended"];

    public void Validate(Validation check)
    {
        if (Materialized is not ("table" or "view"))
            check.Refuse("materialized", $"expected table or view, found '{Materialized}'");
        if (Statuses is { Count: 0 }) check.Refuse("statuses", "the list is empty, so that no response would count");
        foreach (var key in Scores?.Keys.Except(Instrument.All.Select(instrument => instrument.Key)) ?? [])
            check.Refuse("scores", $"unknown instrument '{key}'", Nearest.Hint(key, [.. Instrument.All.Select(instrument => instrument.Key)]));
    }
}
