using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>The raw tables that models of today read, and what staging takes out of them.</summary>
public sealed class SourceTablesTests
{
    private static readonly string[] Tables =
    [
        "care_plan", "care_team", "encounter", "location", "observation", "organization", "organization_affiliation", "patient", "practitioner", "practitioner_role",
        "questionnaire_response", "task",
    ];

    [Fact]
    [Requirement("E2", "E5")]
    public async Task Each_resource_type_has_its_table_with_the_json_and_staging_reads_patients_from_it()
    {
        await using var project = await EngageProject.CreateAsync();
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("run", "--select", "stg_patient")).Expect(0);

        foreach (var table in Tables)
        {
            Assert.Equal(["_airbyte_extracted_at|timestamp with time zone", "id|text", "resource|jsonb"], await project.Warehouse.LinesAsync($"""
                select column_name, data_type from information_schema.columns
                where table_schema = 'airbyte' and table_name = '{table}' and column_name in ('id', 'resource', '_airbyte_extracted_at') order by 1
                """));
            Assert.True(await project.Warehouse.ScalarAsync<long>($"select count(*) from airbyte.{table}") > 0, table);
        }
        Assert.Equal(["0"], await project.Warehouse.LinesAsync("""
            select count(*) from airbyte.patient as p full join engage_analytics_stg.stg_patient as s on s.patient_id = p.id
            where not p._deleted and (s.patient_id is null or s.gender is distinct from lower(p.resource ->> 'gender')
                or s.family_name is distinct from (select n ->> 'family' from jsonb_array_elements(p.resource -> 'name') as n order by n ->> 'use' <> 'official' limit 1)
                or (length(p.resource ->> 'birthDate') = 10 and s.birth_date::text is distinct from p.resource ->> 'birthDate')
                or (s.phone is null and p.resource -> 'telecom' @> '[{"system": "phone"}]'))
            """));
    }
}
