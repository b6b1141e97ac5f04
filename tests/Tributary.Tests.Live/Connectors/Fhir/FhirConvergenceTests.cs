using Tributary.Connectors.Fhir;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>
/// Random histories of a server: records are created, updated and deleted, many in one instant, also while they are read, and any
/// request may fail. When it has quietened down, the warehouse holds what the server holds, history included. 60 histories, and 400 in
/// <c>./test long</c>; a seed that failed is one line here.
/// </summary>
[Requirement("E1", "E3", "X3")]
public sealed class FhirConvergenceTests
{
    private static readonly int Histories = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 400 : 60;

    [Fact]
    public async Task After_any_history_with_any_faults_the_warehouse_equals_the_server()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var (next, failures) = (0, new System.Collections.Concurrent.ConcurrentBag<string>());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int seed; (seed = Interlocked.Increment(ref next)) <= Histories;)
            {
                if (await RunAsync(warehouse, seed) is { } failure) failures.Add(failure);
            }
        })));
        Assert.True(failures.IsEmpty, string.Join("\n", failures));
    }

    // Null, or what went wrong under which manners.
    private static async Task<string?> RunAsync(TestDatabase warehouse, int seed)
    {
        await using var loads = FhirLoads.On(warehouse, $"h{seed}");
        var history = new FhirRandomHistory(loads, seed);
        try
        {
            for (var round = 0; round < 4; round++)
            {
                history.Change(30);
                await TryLoadAsync(loads, history);
            }
            history.Quieten();
            for (var load = 0; load < 2; load++) await loads.LoadAsync();
            await loads.AssertSameAsync();
            await AssertHistoryAsync(loads);
            return null;
        }
        catch (Exception error)
        {
            return $"seed {seed}, {history}: {error.Message}";
        }
    }

    // A load may fail as often as it likes, but only in the ways that a run knows.
    private static async Task TryLoadAsync(FhirLoads loads, FhirRandomHistory history)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var interrupt = new CancellationTokenSource();
            history.Disturb(interrupt);
            try
            {
                await loads.LoadAsync("Patient", interrupt.Token);
                return;
            }
            catch (Exception error) when (error is TransientException || interrupt.IsCancellationRequested)
            {
                // The next load goes on behind what was committed.
            }
        }
    }

    // With the server's history every version is there; without it, each version that is there was one of the server's.
    private static async Task AssertHistoryAsync(FhirLoads loads)
    {
        if (!loads.Source.Load.History) return;
        var versions = loads.Server.Store.Versions.Select(version => $"{version.Id}|{version.Version}|{version.IsDeleted}").ToHashSet();
        var found = await loads.Warehouse.LinesAsync($"select id, _version, _deleted from {loads.Schema}.patient_history where known_to = 'infinity'");
        var full = loads.Server.Manners.OffersHistory && loads.Source.Deletions == DeletionMode.Auto && loads.Source.Mode == ReadingMode.Auto;
        if (full) Assert.Equal(versions.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        else Assert.Subset(versions, found.Where(line => line.EndsWith("False", StringComparison.Ordinal)).ToHashSet());
        var current = await loads.Warehouse.LinesAsync($"select id from {loads.Schema}.patient_as_of('infinity')");
        Assert.Equal(loads.Server.Store.Current("Patient").Select(version => version.Id).Order(StringComparer.Ordinal), current.Order(StringComparer.Ordinal));
    }
}
