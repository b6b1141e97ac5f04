namespace Tributary.Synthetic.Engage;

/// <summary>A questionnaire: its name (the end of its canonical URL), the wide table it fills, its title and its top items.</summary>
internal sealed record Questionnaire(string Name, string Table, string Title, IReadOnlyList<QuestionnaireItem> Items)
{
    public string Canonical => $"{FhirJson.Base}/Questionnaire/{Name}";

    /// <summary>Every item, parents before what is nested in them.</summary>
    public IEnumerable<QuestionnaireItem> AllItems => Items.SelectMany(Walk);

    private static IEnumerable<QuestionnaireItem> Walk(QuestionnaireItem item) =>
        item.Items.Concat(item.AnswerItems).SelectMany(Walk).Prepend(item);
}
