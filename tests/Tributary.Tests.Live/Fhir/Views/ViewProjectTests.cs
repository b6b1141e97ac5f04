using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Views of a project are models as any other.</summary>
public sealed class ViewProjectTests
{
    private const string Patients = """
        {
          "resourceType": "ViewDefinition", "name": "view_patient", "resource": "Patient", "status": "active",
          "select": [{ "column": [
            { "name": "id", "path": "getResourceKey()", "type": "id", "description": "Id of the patient." },
            { "name": "born", "path": "birthDate", "type": "date", "tag": [{ "name": "ansi/type", "value": "DATE" }] }
          ] }]
        }
        """;

    [Fact]
    public async Task A_view_is_built_tested_and_read_by_a_model()
    {
        await using var project = await EngageProject.CreateAsync();
        project.Write("views/clinic/patient.json", Patients);
        project.Write("models/over_view.sql", "select count(*) as patients, count(born) as born from {{ ref('view_patient') }}");
        project.Write("models/view_patient.yml", "models: [{name: view_patient, columns: [{name: id, tests: [unique, not_null]}]}]");
        await File.AppendAllTextAsync(project.At("tributary.yml"), "\nviews:\n  materialized: table\n");

        (await project.RunAsync("sync", "fhir.Patient")).Expect(0);
        (await project.RunAsync("build", "--select", "view_patient", "over_view")).Expect(0);

        var again = (await project.RunAsync("build", "--select", "view_patient")).Expect(0);
        Assert.Contains("fresh", again.Output + again.Errors, StringComparison.Ordinal);
        var schema = await project.Warehouse.ScalarAsync<string>("select table_schema from information_schema.tables where table_name = 'view_patient'");
        Assert.Equal(await project.Warehouse.LinesAsync("select count(*) from airbyte.patient where not _deleted"), await project.Warehouse.LinesAsync($"select count(*) from \"{schema}\".view_patient"));
        Assert.Equal(["id|text", "born|date"], await project.Warehouse.LinesAsync(
            "select column_name, data_type from information_schema.columns where table_name = 'view_patient' order by ordinal_position"));
    }

    [Fact]
    public async Task A_wrong_view_is_refused_with_the_place_in_the_expression()
    {
        await using var project = await EngageProject.CreateAsync();
        project.Write("views/patient.json", Patients.Replace("birthDate", "birthDate.frist()", StringComparison.Ordinal));
        var check = (await project.RunAsync("check")).Expect(2);
        Assert.Contains("views/patient.json:5:", check.Errors, StringComparison.Ordinal);
        Assert.Contains("first", check.Errors, StringComparison.Ordinal);
    }
}
