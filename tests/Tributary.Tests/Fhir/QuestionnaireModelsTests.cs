using Tributary.Core.Fhir;
using Tributary.Core.Graph;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;
using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Fhir;

public sealed class QuestionnaireModelsTests
{
    private static readonly ResponsesTable Responses = new("{{ source('airbyte', 'questionnaire_response') }}");

    [Fact, Requirement("E7", "E8", "E10")]
    public void The_engage_example_gets_its_models_with_described_and_classed_columns()
    {
        using var csv = new StringWriter();
        MetadataCsv.Write(csv);
        var made = QuestionnaireModels.From(Config("metadata: m.csv"), QuestionnaireMetadata.Read("m.csv", csv.ToString()), Responses);

        Assert.Equal(["int_qr_answers_long", "questionnaire_scores", "questionnaire_unmapped_linkids", "questionnaire_unread_answers"], made.Models.Take(4).Select(model => model.Name));
        Assert.Equal(40, made.Models.Count);
        Assert.Equal("intermediate", made.Models[0].Folder);
        var phq = made.Models.Single(model => model.Name == "qr_phq9_session_1");
        Assert.Equal("marts", phq.Folder);
        Assert.Equal(new GeneratedColumn("phq9_q1", "Little interest or pleasure in doing things", "text", "safe"), phq.Columns[6] with { Tests = null });
        Assert.Equal(["not_null", "unique"], phq.Columns[0].Tests);
        Assert.DoesNotContain(made.Warnings, warning => warning.Message.Contains("incomplete", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_input_gives_the_same_templates()
    {
        using var csv = new StringWriter();
        MetadataCsv.Write(csv);
        string[] Templates() => [.. QuestionnaireModels.From(Config("metadata: m.csv"), QuestionnaireMetadata.Read("m.csv", csv.ToString()), Responses).Models.Select(model => model.Template)];

        Assert.Equal(Templates(), Templates());
    }

    [Fact]
    public void Items_that_are_missing_from_the_file_are_a_warning()
    {
        var metadata = QuestionnaireMetadata.Read("m.csv", "table,column,linkid,data_type,source\nt,phq9_1,a,text,f\nt,phq9_2,b,text,f\n");

        var made = QuestionnaireModels.From(Config("metadata: m.csv"), metadata, Responses);

        Assert.Equal("t: 2 of the 9 items of PHQ-9 are mapped, so its scores stay incomplete", Assert.Single(made.Warnings).Message);
    }

    [Fact]
    public void The_configuration_chooses_names_folders_statuses_and_materialization()
    {
        var config = Config("""
            metadata: m.csv
            long_table: answers
            long_folder: inter
            wide_folder: wide
            statuses: [completed]
            materialized: view
            organization: $.meta.source
            """);
        var made = QuestionnaireModels.From(config, QuestionnaireMetadata.Read("m.csv", "table,column,linkid,data_type,source\nt,c,a,text,f\n"),
            new ResponsesTable("raw", "key", "doc", Deleted: null));

        var answers = made.Models[0];
        Assert.Equal(("answers", "inter", "view"), (answers.Name, answers.Folder, answers.Config["materialized"]));
        Assert.Contains("d.status in ('completed')", answers.Template, StringComparison.Ordinal);
        Assert.Contains("jsonb_path_query_first(r.\"doc\", '$.meta.source'", answers.Template, StringComparison.Ordinal);
        Assert.DoesNotContain("_deleted", answers.Template, StringComparison.Ordinal);
        Assert.Equal("wide", made.Models[^1].Folder);
        Assert.Contains("{{ ref('answers') }}", made.Models[^1].Template, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("materialized: tabel", "materialized: expected table or view, found 'tabel'")]
    [InlineData("statuses: []", "statuses: the list is empty, so that no response would count")]
    [InlineData("scores: { phq8: [a] }", "scores: unknown instrument 'phq8'")]
    public void A_configuration_that_cannot_be_is_refused(string line, string message)
    {
        var error = Assert.Throws<UserErrorException>(() => Config($"metadata: m.csv\n{line}"));

        Assert.Equal(message, Assert.Single(error.Errors).Message);
    }

    private static QuestionnairesConfig Config(string yaml) =>
        new Binder(new EnvironmentVariables(_ => null), new KindCatalog()).Read<QuestionnairesConfig>(YamlFile.Parse(yaml, "tributary.yml"));
}
