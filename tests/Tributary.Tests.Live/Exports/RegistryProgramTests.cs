using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>The way of the Healthmonix files, as an operator walks it: another database, a model, one file for each state, and the proof.</summary>
public sealed class RegistryProgramTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tributary-registry-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    [Requirement("H19", "H36", "H39", "H44", "H45", "H47")]
    public async Task Rows_of_a_database_leave_as_one_file_for_each_state_and_deliveries_proves_it()
    {
        await using var outside = await TestDatabase.CreateAsync(migrated: false);
        await using var warehouse = await TestDatabase.CreateAsync();
        await outside.ExecuteAsync("""
            create table appointments (id bigint primary key, care_plan_id bigint, state text, visit_date date, body_part text);
            insert into appointments select n, n / 3, case n % 2 when 0 then 'CO' else 'TX' end, '2025-01-01'::date + n::int, 'neck' from generate_series(1, 300) n;
            create table patient_forms (id bigint, care_plan_id bigint, score int); insert into patient_forms select n, n / 2, n from generate_series(1, 1000) n
            """);
        await WriteProjectAsync(outside, warehouse);
        Dictionary<string, string> environment = new() { ["PPS_PASSWORD"] = outside.Address.Password!, ["REGISTRY_TEST_PASSWORD"] = warehouse.Address.Password! }; // test servers have one

        await SucceedAsync("check");
        await SucceedAsync("sync");
        await SucceedAsync("build");
        await SucceedAsync("export", "registry", "--var", "year=2025", "--var", "state=CO", "--var", "registration_id=0017625");
        await SucceedAsync("export", "registry", "--var", "year=2025", "--var", "state=TX", "--var", "registration_id=21742");
        Assert.Equal(["Quality_0017625.csv", "Quality_21742.csv"], Directory.EnumerateFiles(Path.Combine(folder.FullName, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1 + 150, File.ReadLines(Path.Combine(folder.FullName, "out", "Quality_0017625.csv")).Count());

        var unknown = await RunAsync("export", "registry", "--var", "year=2025", "--var", "state=CA", "--var", "registration_id=UNKNOWN-2025-REGISTRATION-ID");
        Assert.NotEqual(0, unknown.Status);
        Assert.Contains("TRB0612", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("for year 2025, state CA", unknown.Errors, StringComparison.Ordinal);
        await SucceedAsync("export"); // no values: not meant

        var found = JsonDocument.Parse((await SucceedAsync("deliveries", "--year", "2025", "--state=CO", "--json")).Output).RootElement;
        var delivery = Assert.Single(found.EnumerateArray());
        Assert.Equal(("Quality_0017625.csv", 150L), (delivery.GetProperty("name").GetString(), delivery.GetProperty("rows").GetInt64()));
        Assert.Equal(delivery.GetProperty("bytes").GetInt64(), delivery.GetProperty("seen_bytes").GetInt64());
        Assert.Equal("[]", (await SucceedAsync("deliveries", "--year", "2024", "--json")).Output.Trim());
        Assert.Equal(2, (await RunAsync("deliveries", "--year")).Status);
        Assert.Equal(2, (await RunAsync("deliveries", "year", "2025")).Status);
        Assert.Equal(0, (await RunAsync("exports", "verify")).Status);

        async Task<ProcessResult> SucceedAsync(params string[] arguments)
        {
            var result = await RunAsync(arguments);
            Assert.True(result.Status == 0, $"{string.Join(' ', arguments)}: {result.Status}\n{result.Output}\n{result.Errors}");
            return result;
        }

        Task<ProcessResult> RunAsync(params string[] arguments) => TributaryProcess.RunAsync(environment, [.. arguments, "--project", folder.FullName]);
    }

    private async Task WriteProjectAsync(TestDatabase outside, TestDatabase warehouse)
    {
        await WriteAsync("tributary.yml", $$"""
            config_version: 1
            name: registry
            warehouse: { host: {{warehouse.Address.Host}}, port: {{warehouse.Address.Port}}, database: {{warehouse.Address.Database}}, user: {{warehouse.Address.Username}}, password: "${REGISTRY_TEST_PASSWORD}" }
            """);
        await WriteAsync("dbt_project.yml", "name: registry\n");
        await WriteAsync("sources/pps.yml", $$"""
            kind: sql_database
            host: {{outside.Address.Host}}
            port: {{outside.Address.Port}}
            database: {{outside.Address.Database}}
            user: {{outside.Address.Username}}
            password: ${PPS_PASSWORD}
            streams:
              appointments: { key: id }
              forms:
                query: select * from patient_forms where care_plan_id in (:keys)
                key: id
                keys: { query: select care_plan_id from raw.appointments, after: pps.appointments, batch: 50 }
            """);
        await WriteAsync("models/sources.yml", """
            sources:
              - name: raw
                tables:
                  - {name: appointments, meta: {tributary: {stream: pps.appointments}}}
                  - {name: forms, meta: {tributary: {stream: pps.forms}}}
            """);
        await WriteAsync("models/registry_rows.sql", """
            select a.id, extract(year from a.visit_date)::int as year, a.state, a.body_part, max(f.score) as score
            from {{ source('raw', 'appointments') }} a left join {{ source('raw', 'forms') }} f using (care_plan_id)
            group by a.id, a.visit_date, a.state, a.body_part
            """);
        await WriteAsync("destinations/local.yml", "kind: folder\npath: out\ntracks: pii\n");
        await WriteAsync("exports/registry.yml", """
            track: pii
            format: csv
            relations: registry_rows
            parameters: { year: '[0-9]{4}', state: '[A-Z]{2}', registration_id: '[0-9]+' }
            filter: { year: year, state: state }
            file: "Quality_{registration_id}.csv"
            replaces: true
            to: local
            """);
    }

    private Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // below the folder
        return File.WriteAllTextAsync(file, text);
    }
}
