using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>A questionnaire that asks an instrument's items: which linkId is which item, and the session that its name tells.</summary>
internal sealed partial record ScoredQuestionnaire(
    Questionnaire Questionnaire, Instrument Instrument, IReadOnlyList<(int Item, string LinkId)> Items, int? Session)
{
    public bool IsWhole => Items.Count == Instrument.Items.Count;

    /// <summary>Every questionnaire of the metadata in which an item of an instrument is found.</summary>
    public static IReadOnlyList<ScoredQuestionnaire> Find(QuestionnaireMetadata metadata, QuestionnairesConfig config) =>
    [
        .. from questionnaire in metadata.Questionnaires
           from instrument in Instrument.All
           let items = ItemsOf(questionnaire, instrument, config.Scores?.GetValueOrDefault(instrument.Key))
           where items.Count > 0
           select new ScoredQuestionnaire(questionnaire, instrument, items, SessionOf(questionnaire)),
    ];

    /// <summary>What to tell when items are missing from the CSV: such scores can never be complete.</summary>
    public UserError? Warning() => IsWhole ? null : new UserError(
        ErrorCodes.QuestionnaireMetadata, Questionnaire.At,
        $"{Questionnaire.Table}: {Items.Count} of the {Instrument.Items.Count} items of {Instrument.Name} are mapped, "
            + "so its scores stay incomplete",
        $"Map the missing ones, or name the linkIds under questionnaires: scores: {Instrument.Key}.");

    private static List<(int Item, string LinkId)> ItemsOf(
        Questionnaire questionnaire, Instrument instrument, IReadOnlyList<string>? configured) =>
    [
        .. questionnaire.Columns.Select(column => (Item: Number(column, instrument, configured), column.LinkId))
            .Where(found => found.Item > 0).DistinctBy(found => found.Item).OrderBy(found => found.Item),
    ];

    /// <summary>1 to the number of items; 0 for a column that is none of them.</summary>
    private static int Number(QuestionnaireColumn column, Instrument instrument, IReadOnlyList<string>? configured)
    {
        if (configured is not null) return configured.ToList().IndexOf(column.LinkId) + 1;
        var code = instrument.Items.ToList().FindIndex(item => column.LinkId.TrimStart('/') == item);
        if (code >= 0) return code + 1;
        var match = new[] { column.ShortName, column.Name }.Select(name => ItemName().Match(name))
            .FirstOrDefault(match => match.Success && Plain(match.Groups["key"].Value) == instrument.Key);
        var number = match is null ? 0 : int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return number <= instrument.Items.Count ? number : 0;
    }

    private static string Plain(string key) => key.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int? SessionOf(Questionnaire questionnaire)
    {
        var match = SessionName().Match(questionnaire.Table);
        if (!match.Success) match = SessionName().Match(questionnaire.Name);
        return match.Success ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^(?<key>phq_?9|gad_?7)_q?(?<number>[0-9]{1,2})$", RegexOptions.IgnoreCase)]
    private static partial Regex ItemName();

    [GeneratedRegex(@"_s(?:ession)?_?(?<number>[0-9]{1,3})$", RegexOptions.IgnoreCase)]
    private static partial Regex SessionName();
}
