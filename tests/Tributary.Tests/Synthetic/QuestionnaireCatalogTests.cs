using System.Text;
using System.Text.Json;
using Tributary.Synthetic;
using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Synthetic;

public sealed class QuestionnaireCatalogTests : IDisposable
{
    private static readonly string[] ValueTypes =
    [
        "valueBoolean", "valueDecimal", "valueInteger", "valueDate", "valueDateTime", "valueTime", "valueString", "valueUri", "valueAttachment",
        "valueCoding", "valueQuantity", "valueReference",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Requirement("E4", "E8")]
    public void Thirty_six_questionnaires_fill_thirty_six_wide_tables()
    {
        var all = QuestionnaireCatalog.Load().All;
        Assert.Equal(36, all.Select(questionnaire => questionnaire.Table).Distinct().Count());
        Assert.Equal(36, all.Select(questionnaire => questionnaire.Name).Distinct().Count());
        Assert.Equal("qr_gad7_session_4", all.Single(questionnaire => questionnaire.Name == "gad_7_s4").Table);
    }

    [Fact, Requirement("E9")]
    public void Names_include_long_ones_and_doubles()
    {
        var items = QuestionnaireCatalog.Load().All.SelectMany(questionnaire => questionnaire.AllItems).ToList();
        Assert.Contains(items, item => Encoding.UTF8.GetByteCount(item.Column) > 63);
        Assert.Contains(items, item => Guid.TryParse(item.LinkId, out _));
        Assert.Contains(QuestionnaireCatalog.Load().All, form => form.AllItems.Where(item => item.IsMapped).GroupBy(item => item.ShortName).Any(group => group.Count() > 1));
    }

    [Fact]
    public void The_responses_of_the_demo_answer_every_questionnaire_with_every_value_type()
    {
        EngageFhir.Write(_folder.Directory, new SyntheticOptions());
        var responses = File.ReadAllLines(Path.Combine(_folder.Directory.FullName, "QuestionnaireResponse.ndjson"));
        var asked = responses.Select(Canonical).ToHashSet();
        Assert.All(QuestionnaireCatalog.Load().All, form => Assert.Contains(form.Canonical, asked));
        Assert.All(ValueTypes, type => Assert.Contains(responses, line => line.Contains($"\"{type}\":", StringComparison.Ordinal)));
        Assert.Contains(responses, line => line.Contains("|2.0\"", StringComparison.Ordinal));
    }

    private static string Canonical(string line)
    {
        using var resource = JsonDocument.Parse(line);
        return resource.RootElement.GetProperty("questionnaire").GetString()!.Split('|')[0]; // every response names its questionnaire
    }
}
