using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>
/// What a project's <c>questionnaires:</c> entry becomes: the long table, a wide table a questionnaire, scores, and the reports
/// of what they leave out; with what deserves a warning.
/// </summary>
public sealed record QuestionnaireModels(IReadOnlyList<GeneratedModel> Models, IReadOnlyList<UserError> Warnings)
{
    /// <summary>Builds the models from checked metadata; never fails.</summary>
    public static QuestionnaireModels From(QuestionnairesConfig config, QuestionnaireMetadata metadata, ResponsesTable responses)
    {
        var scored = ScoredQuestionnaire.Find(metadata, config);
        var models = new[]
            {
                LongTable.Of(config, responses),
                ScoresTable.Of(scored, config),
                AnswerReports.Unmapped(metadata, config),
                AnswerReports.Unread(metadata, config),
            }
            .OfType<GeneratedModel>()
            .Concat(metadata.Questionnaires.Select(questionnaire => WideTable.Of(questionnaire, config)));
        return new QuestionnaireModels([.. models], [.. metadata.Warnings, .. scored.Select(form => form.Warning()).OfType<UserError>()]);
    }
}
