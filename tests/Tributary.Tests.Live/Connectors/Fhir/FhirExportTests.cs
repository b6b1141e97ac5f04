using Tributary.Connectors.Fhir;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>Loads by bulk export: the job's whole life, and what can happen to it.</summary>
[Requirement("E1", "E3")]
public sealed class FhirExportTests
{
    [Fact]
    public async Task An_export_is_asked_for_waited_for_read_and_deleted_and_the_next_one_begins_where_it_ended()
    {
        await using var loads = await ExportingAsync();

        Assert.Equal(50, (await loads.LoadAsync()).Inserted);
        await loads.AssertSameAsync();
        Assert.Contains(loads.Server.Requests, request => request.StartsWith("DELETE /fhir/jobs/1", StringComparison.Ordinal));
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        Assert.True((await loads.CheckAsync()).IsFresh);
        loads.Server.Store.Put("Patient", "p3", "changed");
        loads.Server.Store.Delete("Patient", "p4");
        Assert.False((await loads.CheckAsync()).IsFresh);
        var counts = await loads.LoadAsync();

        Assert.Equal((1L, 1L, 0L), (counts.Updated, counts.Deleted, counts.Inserted));
        await loads.AssertSameAsync();
        Assert.Contains(loads.Server.Requests, request => request.Contains("_since=2026-01-01T08:04:00.000Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        await using var loads = await ExportingAsync();
        loads.Server.Fault = (_, address) => address.Contains("/jobs/", StringComparison.Ordinal) && loads.Server.Requests.Count < 6 ? new FhirFault(202) { RetryAfter = "23" } : null;

        await loads.LoadAsync();

        Assert.Contains(TimeSpan.FromSeconds(23), loads.Clock.Waits);
        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task After_an_interruption_the_same_job_is_read_on_from_where_it_stood()
    {
        await using var loads = await ExportingAsync();
        loads.Source = loads.Source with { Load = loads.Source.Load with { BatchBytes = new(1000) } };
        var files = 0;
        loads.Server.Fault = (_, address) => address.Contains("/files/1/1", StringComparison.Ordinal) ? new FhirFault { CutAt = Math.Min(0.5, 0.1 * ++files) } : null;
        await Assert.ThrowsAsync<TransientException>(() => loads.LoadAsync());
        Assert.NotEmpty(await loads.RowsAsync());
        loads.Server.Fault = static (_, _) => null;

        await FhirFaultTests.Fresh(loads).LoadAsync();

        await loads.AssertSameAsync();
        // And what came meanwhile is asked for behind it.
        Assert.Single(loads.Server.Requests, request => request.Contains("$export", StringComparison.Ordinal) && !request.Contains("_since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_the_server_has_forgotten_is_asked_for_anew()
    {
        await using var loads = await ExportingAsync();
        loads.Server.Fault = (_, address) => address.Contains("/jobs/1", StringComparison.Ordinal) ? new FhirFault(404) : null;

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Equal(2, loads.Server.Requests.Count(request => request.Contains("$export", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_job_that_failed_is_not_asked_for_again_by_the_next_load()
    {
        await using var loads = await ExportingAsync();
        loads.Server.Fault = (_, address) => address.Contains("/jobs/1", StringComparison.Ordinal) ? new FhirFault(500) : null;
        await Assert.ThrowsAsync<TransientException>(() => loads.LoadAsync());

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Equal(2, loads.Server.Requests.Count(request => request.Contains("$export", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Files_whose_links_have_ended_lead_to_a_new_export_and_then_to_an_error()
    {
        await using var loads = await ExportingAsync();
        loads.Server.Fault = (_, address) => address.Contains("/files/1/", StringComparison.Ordinal) ? new FhirFault(403) : null;
        await loads.LoadAsync();
        await loads.AssertSameAsync();
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Server.Store.Put("Patient", "p3", "changed");
        loads.Server.Fault = (_, address) => address.Contains("/files/", StringComparison.Ordinal) ? new FhirFault(403) : null;

        Assert.Contains("403", (await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_export_reports_as_errors_is_rejected_or_remarked()
    {
        await using var loads = await ExportingAsync();
        loads.Server.Manners.Outcome = FhirAnswers.Outcome("exception");
        var outcome = await loads.RunAsync();
        Assert.Equal(1, outcome.Counts.Rejected);
        loads.Server.Manners.Outcome = FhirAnswers.Outcome("informational", "information");
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Server.Store.Put("Patient", "p3", "changed");

        Assert.Equal("the server warns (informational)", (await loads.RunAsync()).Note);
    }

    [Fact]
    public async Task The_level_and_the_filter_are_asked_for()
    {
        await using var loads = await ExportingAsync();
        loads.Source = loads.Source with
        {
            Export = new ExportSettings(ExportLevel.Group, "g1"),
            Filters = new Dictionary<string, string> { ["Patient"] = "active=true" },
        };

        await loads.LoadAsync();

        Assert.Contains(loads.Server.Requests, request => request.StartsWith("GET /fhir/Group/g1/$export?_type=Patient&", StringComparison.Ordinal)
            && request.Contains("_typeFilter=Patient%3Factive%3Dtrue", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_token_goes_to_the_files_only_when_the_manifest_asks_for_it(bool needsToken)
    {
        await using var loads = await ExportingAsync();
        loads.Server.Manners.ExportNeedsToken = needsToken;
        loads.Source = loads.Source with { Auth = new BearerAuth(new Secret("given")) };

        await loads.LoadAsync();

        var file = loads.Server.Requests.ToList().FindIndex(request => request.Contains("/files/", StringComparison.Ordinal));
        Assert.Equal(needsToken ? "Bearer given" : "", loads.Server.Authorizations[file]);
    }

    [Fact]
    public async Task A_server_that_says_it_can_is_read_by_export_without_being_told()
    {
        await using var loads = await ExportingAsync();
        loads.Source = loads.Source with { Mode = ReadingMode.Auto };

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Contains(loads.Server.Requests, request => request.Contains("$export", StringComparison.Ordinal));
    }

    private static async Task<FhirLoads> ExportingAsync()
    {
        var loads = await FhirLoads.CreateAsync();
        for (var i = 0; i < 50; i++)
        {
            loads.Server.Store.Put("Patient", $"p{i}", $"note of {i}");
            loads.Server.Store.Tick(TimeSpan.FromSeconds(6));
        }
        loads.Server.Manners.OffersExport = true;
        loads.Source = loads.Source with { Mode = ReadingMode.Export };
        return loads;
    }
}
