namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>Loads from the history of a type: every version, every deletion.</summary>
[Requirement("E3")]
public sealed class FhirHistoryTests
{
    [Theory]
    [InlineData(true, FhirPaging.Snapshot)]
    [InlineData(false, FhirPaging.Offset)]
    public async Task Every_version_and_every_deletion_stands_in_the_history(bool datesTombstones, FhirPaging paging)
    {
        await using var loads = await FhirLoads.CreateAsync();
        (loads.Server.Manners.OffersHistory, loads.Server.Manners.DatesTombstones, loads.Server.Manners.Paging) = (true, datesTombstones, paging);
        loads.Source = loads.Source with { Load = loads.Source.Load with { History = true } };
        Change(loads, 1);
        await loads.LoadAsync();
        await AssertVersionsAsync(loads);
        Change(loads, 2);

        await loads.LoadAsync();

        await AssertVersionsAsync(loads);
        await loads.AssertSameAsync();
        Assert.True((await loads.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task Without_history_the_first_copy_is_a_search_and_deletions_come_from_the_history_from_then_on()
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.OffersHistory = true;
        Change(loads, 1);
        await loads.LoadAsync();
        Assert.DoesNotContain(loads.Server.Requests, request => request.Contains("_history", StringComparison.Ordinal));
        Change(loads, 2);

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Contains(loads.Server.Requests, request => request.Contains("_history?_since=", StringComparison.Ordinal));
        Assert.DoesNotContain(loads.Server.Requests, request => request.Contains("_id=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_history_whose_pages_expire_or_break_is_read_again_from_its_beginning()
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.OffersHistory = true;
        loads.Source = loads.Source with { Load = loads.Source.Load with { History = true } };
        Change(loads, 3);
        loads.Server.Fault = (number, address) => number switch
        {
            3 => new FhirFault(410),
            6 => new FhirFault { CutAt = 0.6 },
            _ => null,
        };

        await loads.LoadAsync();

        await AssertVersionsAsync(loads);
    }

    private static async Task AssertVersionsAsync(FhirLoads loads)
    {
        var expected = loads.Server.Store.Versions.Select(version => $"{version.Id}|{version.Version}|{version.IsDeleted}").Order(StringComparer.Ordinal);
        var found = await loads.Warehouse.LinesAsync("select id, _version, _deleted from raw.patient_history where known_to = 'infinity'");
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    private static void Change(FhirLoads loads, int rounds)
    {
        var random = new Random(rounds);
        for (var step = 0; step < rounds * 40; step++)
        {
            var id = $"p{random.Next(20)}";
            if (random.Next(5) == 0) loads.Server.Store.Delete("Patient", id);
            else loads.Server.Store.Put("Patient", id, $"step {step}");
            loads.Server.Store.Tick(TimeSpan.FromSeconds(random.Next(1, 9)));
        }
        loads.Server.Store.Tick(TimeSpan.FromMinutes(5));
    }
}
