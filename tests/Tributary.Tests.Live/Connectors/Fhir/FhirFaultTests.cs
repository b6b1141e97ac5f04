using System.Globalization;
using Tributary.Connectors.Fhir;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>Servers that refuse, break off, fall silent or lead elsewhere.</summary>
[Requirement("E3")]
public sealed class FhirFaultTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_passes_is_waited_for_as_the_server_asks(int status)
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Server.Fault = (number, _) => number is 2 or 3 ? new FhirFault(status) { RetryAfter = number == 2 ? "17" : null } : null;

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Contains(TimeSpan.FromSeconds(17), loads.Clock.Waits);
    }

    [Fact]
    public async Task A_server_that_stays_down_is_told_as_something_that_passes_after_bounded_waits()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Server.Fault = (_, _) => new FhirFault(503);

        await Assert.ThrowsAsync<TransientException>(() => loads.LoadAsync());

        Assert.Equal(5, loads.Server.Requests.Count);
        Assert.True(loads.Clock.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait) < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(401, "who we are")]
    [InlineData(403, "does not let us")]
    [InlineData(404, "knows nothing")]
    [InlineData(410, "knows nothing")]
    [InlineData(400, "refuses")]
    public async Task A_refusal_says_what_it_is_and_nothing_that_the_server_wrote(int status, string words)
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Server.Fault = (_, address) => address.Contains("Patient", StringComparison.Ordinal)
            ? new FhirFault(status) { Body = FhirAnswers.Outcome("security") } : null;

        var error = await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync());

        Assert.Equal(ErrorCodes.SourceUnreadable, error.Errors[0].Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("security", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Miller", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FhirPaging.Snapshot)]
    [InlineData(FhirPaging.None)]
    public async Task Connections_that_break_in_the_middle_of_a_page_lose_nothing(FhirPaging paging)
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.Paging = paging;
        Fill(loads);
        loads.Server.Fault = (number, _) => number % 2 == 0 ? new FhirFault { CutAt = number % 10 / 10.0 } : null;

        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task A_connection_that_always_breaks_at_the_same_place_ends_the_load_and_what_came_before_is_kept()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Source = loads.Source with { Load = loads.Source.Load with { BatchBytes = new(1000) } };
        loads.Server.Fault = (_, address) => address.Contains("ge2026-01-01T08:01", StringComparison.Ordinal) ? new FhirFault { CutAt = 0.01 } : null;

        await Assert.ThrowsAsync<TransientException>(() => loads.LoadAsync());
        Assert.NotEmpty(await loads.RowsAsync());
        loads.Server.Fault = static (_, _) => null;
        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task A_body_that_falls_silent_counts_as_broken()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Source = loads.Source with { Timeout = TimeSpan.FromMilliseconds(300) };
        loads.Server.Fault = (number, _) => number == 3 ? new FhirFault { IsStuck = true } : null;

        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    [Theory]
    [InlineData("http://elsewhere.example.org/fhir/page?token=x", "elsewhere.example.org")]
    [InlineData("ftp://127.0.0.1/x", "ftp")]
    [InlineData("http://user:pass@127.0.0.1/x", "no address")]
    public async Task A_next_link_that_leads_elsewhere_is_refused(string link, string words)
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Server.Manners.NextLink = link;

        var error = await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync());

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_elsewhere_is_refused_and_one_on_the_server_is_followed()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        var root = loads.Server.Base;
        loads.Server.Fault = (_, address) => address.StartsWith("/fhir/Patient?_sort", StringComparison.Ordinal)
            ? new FhirFault(307) { Redirect = $"{root}/./Patient?_count=10&_sort=_lastUpdated" } : null;
        await loads.LoadAsync();
        await loads.AssertSameAsync();
        loads.Server.Fault = (_, _) => new FhirFault(302) { Redirect = "http://169.254.169.254/latest" };

        var error = await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync());

        Assert.Contains("169.254.169.254", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html>log in</html>")]
    [InlineData("application/json", """{"resourceType":"Patient","id":"p1"}""")]
    public async Task What_is_no_bundle_is_refused(string type, string body)
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Fault = (_, address) => address.Contains("Patient", StringComparison.Ordinal) ? new FhirFault { Body = body, ContentType = type } : null;

        var error = await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync());

        Assert.Contains("no FHIR in JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_before_R4_is_refused()
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.FhirVersion = "3.0.2";

        Assert.Contains("3.0.2", (await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4.3.0")]
    [InlineData("5.0.0")]
    public async Task R4B_and_R5_are_read_alike(string version)
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.FhirVersion = version;
        Fill(loads);

        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task Types_are_read_at_once_but_never_more_than_so_many_requests_and_so_many_a_second()
    {
        await using var loads = await FhirLoads.CreateAsync();
        string[] types = ["Patient", "Encounter", "Task", "Location", "CareTeam", "CarePlan"];
        foreach (var type in types)
        {
            for (var i = 0; i < 30; i++) loads.Server.Store.Put(type, $"{type}{i}", "x");
        }
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Source = FhirLoads.SourceOf(loads.Server.Base, "raw", false, types) with { Clock = loads.Clock, Parallel = 2, RequestsPerSecond = 10 };
        var start = loads.Clock.GetUtcNow();

        await Task.WhenAll(types.Select(type => loads.LoadAsync(type)));

        Assert.InRange(loads.Server.MostAtOnce, 1, 2);
        Assert.Equal(180, await loads.Warehouse.ScalarAsync<long>(string.Join(" union all ", "select sum(n)::bigint from (values (0)) as t(n)").Replace("(values (0)) as t(n)",
            "(" + string.Join(" union all ", types.Select(type => $"select count(*) as n from raw.{Identifier.Snake(type)}")) + ") as t(n)")));
        Assert.True((loads.Clock.GetUtcNow() - start).TotalSeconds >= (loads.Server.Requests.Count - 1) / 10.0 - 0.001);
    }

    [Fact]
    public async Task Basic_and_bearer_are_sent_to_the_server()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        loads.Server.Tokens = ["Basic " + Convert.ToBase64String("tributary:öpen"u8), "Bearer given"];
        loads.Source = loads.Source with { Auth = new BasicAuth("tributary", new Secret("öpen")) };
        await loads.LoadAsync();
        await loads.AssertSameAsync();
        loads.Source = loads.Source with { Auth = new BearerAuth(new Secret("wrong")) };

        var error = await Assert.ThrowsAsync<UserErrorException>(() => Fresh(loads).LoadAsync());

        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_credentials_are_exchanged_for_tokens_that_are_renewed_when_they_end_or_are_refused()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads);
        var given = 0;
        loads.Server.Tokens = [];
        loads.Server.GiveToken = (form, header) =>
        {
            var isGood = header == "Basic " + Convert.ToBase64String("me:s%26t"u8) && form.Contains("grant_type=client_credentials", StringComparison.Ordinal);
            loads.Server.Tokens = [$"Bearer t{++given}"];
            return isGood ? (200, $$"""{"access_token":"t{{given}}","token_type":"bearer","expires_in":300}""") : (401, """{"error":"invalid_client"}""");
        };
        loads.Source = loads.Source with { Auth = new ClientCredentials("me", new Secret("s&t")) };
        var requests = 0;
        loads.Server.Fault = (_, address) =>
        {
            if (address.StartsWith("/fhir/Patient", StringComparison.Ordinal) && ++requests == 3) loads.Server.Tokens = []; // taken back before its time
            if (requests == 6) loads.Clock.Advance(TimeSpan.FromMinutes(6));
            return null;
        };

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Equal(3, given);
        loads.Source = loads.Source with { Auth = new ClientCredentials("you", new Secret("nothing")) };
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Fresh(loads).LoadAsync());
        Assert.Contains("invalid_client", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The source as a new run reads it: with a client of its own.</summary>
    internal static FhirLoads Fresh(FhirLoads loads)
    {
        var old = loads.Source;
        loads.Source = FhirLoads.SourceOf(loads.Server.Base, loads.Schema) with { Clock = loads.Clock, Auth = old.Auth, Mode = old.Mode, Deletions = old.Deletions, Load = old.Load, ReconcileEvery = old.ReconcileEvery, Count = old.Count };
        return loads;
    }

    private static void Fill(FhirLoads loads)
    {
        for (var i = 0; i < 60; i++)
        {
            loads.Server.Store.Put("Patient", string.Create(CultureInfo.InvariantCulture, $"p{i}"), $"note of {i}");
            if (i % 3 == 0) loads.Server.Store.Tick(TimeSpan.FromSeconds(7));
        }
        loads.Server.Store.Tick(TimeSpan.FromMinutes(5));
    }
}
