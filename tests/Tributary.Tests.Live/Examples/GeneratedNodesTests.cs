using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>
/// What the engine writes (wide tables, twins, metrics, views) is to analysts as what they write: ref, select, properties in a .yml,
/// tests and docs.
/// </summary>
public sealed class GeneratedNodesTests
{
    private const string View = """
        {"resource": "Patient", "name": "view_patient", "select": [{"column": [
          {"name": "id", "path": "getResourceKey()", "type": "id", "description": "Id of the patient."},
          {"name": "gender", "path": "gender", "type": "code"},
          {"name": "family", "path": "name.first().family", "type": "string"}]}]}
        """;

    private const string Properties = """
        version: 2
        models:
          - name: view_patient
            description: Patients by a view.
            config: { tags: [ours] }
            columns:
              - { name: gender, data_tests: [{accepted_values: {arguments: {values: [female, male, other, unknown]}}}], config: { meta: { tributary: { class: safe } } } }
              - { name: id, data_tests: [unique], config: { meta: { tributary: { class: id } } } }
          - name: qr_phq9_session_1
            description: The first session, in words of our own.
            config: { tags: [ours] }
            columns:
              - { name: patient_id, description: Whom it is about., data_tests: [not_null] }
          - name: view_patient_anon
            description: The twin of the view.
            config: { tags: [ours] }
          - name: fct_metrics_long
            config: { tags: [ours] }
            columns:
              - { name: metric_id, data_tests: [not_null] }
          - name: metric_patient_count
            description: How many there are.
            config: { tags: [ours] }
        """;

    [Fact]
    [Requirement("E4", "E8", "E11", "E12", "E25", "E31")]
    public async Task Generated_nodes_take_properties_tests_tags_and_refs_as_written_ones_do()
    {
        await using var project = await EngageProject.CreateAsync();
        project.Write("views/patient.json", View);
        project.Write("models/ours.yml", Properties);
        project.Write("models/marts/over_all.sql", """
            select (select count(*) from {{ ref('view_patient') }}) as patients, (select count(*) from {{ ref('view_patient_anon') }}) as twins,
                (select count(*) from {{ ref('qr_phq9_session_1') }}) as answers, (select count(*) from {{ ref('fct_metrics_long') }}) as numbers
            """);
        var file = project.At("tributary.yml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"qr_*\"]", "\"qr_*\", view_patient]", StringComparison.Ordinal));
        (await project.RunAsync("sync")).Expect(0);

        Assert.Equal(["fct_metrics_long", "metric_patient_count", "qr_phq9_session_1", "view_patient", "view_patient_anon"], await NamesAsync(project, "tag:ours"));
        Assert.Contains("metric_patient_count", await NamesAsync(project, "metrics.*"));
        Assert.Contains("int_qr_answers_long", await NamesAsync(project, "+qr_phq9_session_1"));
        Assert.Contains("over_all", await NamesAsync(project, "view_patient+"));
        Assert.Contains("qr_phq9_session_1_anon", await NamesAsync(project, "*qr_*_anon"));

        (await project.RunAsync("build", "--as-of", "2025-12-31")).Expect(0);
        var tests = (await project.RunAsync("test", "--select", "tag:ours", "--as-of", "2025-12-31")).Expect(0);
        foreach (var test in new[] { "accepted_values_view_patient_gender", "unique_view_patient_id", "not_null_qr_phq9_session_1_patient_id", "not_null_fct_metrics_long_metric_id", "unique_qr_phq9_session_1_response_id" })
            Assert.Contains(test, tests.Output + tests.Errors, StringComparison.Ordinal);
        Assert.Equal(["id", "gender"], await project.Warehouse.LinesAsync("select column_name from information_schema.columns where table_name = 'view_patient_anon' order by ordinal_position"));
        Assert.Equal(["t"], await project.Warehouse.LinesAsync("select (patients = twins and patients > 0 and answers > 0 and numbers > 0)::text::char(1) from engage_analytics_mart.over_all"));
        await AssertDocumentedAsync(project);
    }

    private static async Task AssertDocumentedAsync(EngageProject project)
    {
        (await project.RunAsync("docs", "generate", "--as-of", "2025-12-31")).Expect(0);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(project.At("target/manifest.json")));
        using var catalog = JsonDocument.Parse(await File.ReadAllBytesAsync(project.At("target/catalog.json")));
        var nodes = manifest.RootElement.GetProperty("nodes");
        var session = nodes.GetProperty("model.engage.qr_phq9_session_1");
        Assert.Equal("The first session, in words of our own.", session.GetProperty("description").GetString());
        Assert.Equal("Whom it is about.", session.GetProperty("columns").GetProperty("patient_id").GetProperty("description").GetString());
        Assert.Equal("Id of the response.", session.GetProperty("columns").GetProperty("response_id").GetProperty("description").GetString());
        Assert.Equal("Patients by a view.", nodes.GetProperty("model.engage.view_patient").GetProperty("description").GetString());
        Assert.Equal("Id of the patient.", nodes.GetProperty("model.engage.view_patient").GetProperty("columns").GetProperty("id").GetProperty("description").GetString());
        Assert.Equal("The twin of the view.", nodes.GetProperty("model.engage.view_patient_anon").GetProperty("description").GetString());
        foreach (var name in new[] { "view_patient", "view_patient_anon", "qr_phq9_session_1_anon", "fct_metrics_long", "metric_patient_count" })
            Assert.True(catalog.RootElement.GetProperty("nodes").TryGetProperty($"model.engage.{name}", out _), name);
    }

    private static async Task<string[]> NamesAsync(EngageProject project, string select)
    {
        var listed = (await project.RunAsync("ls", "--select", select, "--resource-type", "model", "--output", "name")).Expect(0);
        return [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }
}
