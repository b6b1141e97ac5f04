using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Web;

/// <summary>The real program stays, is called, loads and builds.</summary>
public sealed class ServeTests
{
    [Fact]
    [Requirement("K6")]
    public async Task A_hook_brings_what_is_new_to_the_models()
    {
        await using var project = await EngageProject.CreateAsync();
        await ServeAsync(project, poll: "1d");
        using var served = Serving.Start(project);
        await served.BeginAsync();
        var before = await PatientsAsync(project);
        Assert.NotEqual("0", before);

        await File.WriteAllTextAsync(Path.Combine(project.FhirFiles, "Patient-new.ndjson"), "{\"resourceType\":\"Patient\",\"id\":\"new-one\",\"gender\":\"female\",\"birthDate\":\"1980-01-01\"}\n");
        Assert.Equal(HttpStatusCode.Unauthorized, await served.PostAsync("/hooks/files", new AuthenticationHeaderValue("Bearer", EngageProject.HookSecret + "!")));
        Assert.Equal(HttpStatusCode.Unauthorized, await served.PostAsync("/hooks/other", new AuthenticationHeaderValue("Bearer", EngageProject.HookSecret)));
        Assert.Equal(HttpStatusCode.Unauthorized, await served.PostAsync("/hooks/files", null));
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"s3:{EngageProject.HookSecret}")));
        Assert.Equal(HttpStatusCode.Accepted, await served.PostAsync("/hooks/files", basic));
        await served.WaitAsync("Done in");
        Assert.Equal($"{int.Parse(before) + 1}", await PatientsAsync(project));

        var metrics = await served.GetAsync("/metrics");
        Assert.Contains("tributary_up{project=\"engage\",target=\"dev\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("tributary_last_look_well{project=\"engage\",target=\"dev\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("tributary_stream_open_rejects{project=\"engage\",target=\"dev\",stream=\"fhir.Patient\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("tributary_runs_total{project=\"engage\",target=\"dev\",status=\"succeeded\"} 2", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("new-one", metrics, StringComparison.Ordinal);

        served.Interrupt();
        (await served.EndAsync()).Expect(0);
    }

    [Fact]
    public async Task Polling_finds_what_is_new_and_a_broken_project_is_said_and_tried_again()
    {
        await using var project = await EngageProject.CreateAsync();
        await ServeAsync(project, poll: "1s");
        using var served = Serving.Start(project);
        await served.BeginAsync();
        var before = await PatientsAsync(project);
        var model = project.At("models/marts/broken.sql");
        await File.WriteAllTextAsync(model, "select * from {{ ref('nowhere') }}");
        await served.WaitAsync("nowhere");
        await File.WriteAllTextAsync(Path.Combine(project.FhirFiles, "Patient-new.ndjson"), "{\"resourceType\":\"Patient\",\"id\":\"new-one\"}\n");
        File.Delete(model);
        await served.WaitAsync("Done in");
        Assert.Equal($"{int.Parse(before) + 1}", await PatientsAsync(project));
        Assert.Equal("ready\n", await served.GetAsync("/health/ready"));
        Assert.Equal("live\n", await served.GetAsync("/health/live"));
        Assert.Equal(HttpStatusCode.NotFound, await served.PostAsync("/anything", null));
    }

    private static async Task ServeAsync(EngageProject project, string poll) => await File.AppendAllTextAsync(project.At("tributary.yml"), $$"""

        serve:
          listen: 127.0.0.1:0
          poll: {{poll}}
          hooks:
            files: { secret: "${ENGAGE_HOOK_SECRET}", sources: [fhir] }
        """);

    private static async Task<string> PatientsAsync(EngageProject project) =>
        (await project.Warehouse.LinesAsync("select count(*) from engage_analytics_mart.patient"))[0];
}
