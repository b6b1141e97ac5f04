using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>One questionnaire of the metadata CSV and the wide table that its responses become.</summary>
internal sealed record Questionnaire(
    string Table, string Name, string Title, IReadOnlyList<QuestionnaireColumn> Columns, SourcePosition At);

/// <summary>One mapped item: a column of the wide table. <paramref name="Name"/> is final: cut, with its suffix.</summary>
internal sealed record QuestionnaireColumn(
    string Name, string LinkId, string ShortName, string Label, AnswerType Type, string? Class, SourcePosition At);
