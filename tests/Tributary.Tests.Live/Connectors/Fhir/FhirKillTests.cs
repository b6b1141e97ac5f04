using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>
/// Kills the real program with SIGKILL in the middle of its requests, again and again, while the server changes, and compares what is there in
/// the end with the server: 4 kills a way of reading, and 25 in <c>./test long</c>.
/// </summary>
[Requirement("X3", "E3")]
public sealed class FhirKillTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 25 : 4;

    [Theory]
    [InlineData("search", false)]
    [InlineData("search", true)]
    [InlineData("export", false)]
    public async Task A_sync_that_is_killed_at_any_request_ends_like_one_that_was_not(string mode, bool history)
    {
        using var server = new FhirDouble();
        server.Manners.OffersHistory = history;
        server.Manners.OffersExport = mode == "export";
        server.Manners.ExportPolls = 0;
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        using var project = new FhirProject(server, warehouse, mode, history);
        var random = new Random(mode.Length + (history ? 1 : 0));
        for (var kill = 0; kill < Kills; kill++)
        {
            Change(server.Store, random);
            await KillAtRequestAsync(server, project, random.Next(2, 14), random.NextDouble());
        }

        server.Fault = static (_, _) => null;
        server.Store.Tick(TimeSpan.FromDays(2));
        (await project.SyncAsync()).Expect(0);

        var expected = server.Store.Current("Patient").Select(version => $"{version.Id}|{version.Version}").Order(StringComparer.Ordinal);
        var found = await warehouse.LinesAsync("select id, _version from raw.patient where not _deleted");
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
        if (history)
        {
            var versions = server.Store.Versions.Select(version => $"{version.Id}|{version.Version}|{version.IsDeleted}").Order(StringComparer.Ordinal);
            var kept = await warehouse.LinesAsync("select id, _version, _deleted from raw.patient_history where known_to = 'infinity'");
            Assert.Equal(versions, kept.Order(StringComparer.Ordinal));
        }
        Assert.Single((await warehouse.LinesAsync("select count(*), max(load), (select load from tributary.checkpoint) from tributary.load"))[0].Split('|').Distinct());
    }

    // The signal is a request; its answer breaks off in the middle, so that the process dies while it reads or writes.
    private static async Task KillAtRequestAsync(FhirDouble server, FhirProject project, int after, double cutAt)
    {
        var start = server.Requests.Count;
        TributaryProcess? process = null;
        using var started = new ManualResetEventSlim();
        server.Fault = (number, _) =>
        {
            started.Wait();
            if (number < start + after) return null;
            process!.Kill(); // set before the event
            return new FhirFault { CutAt = cutAt };
        };
        process = project.Start();
        started.Set();
        await process.EndAsync();
        process.Dispose();
    }

    private static void Change(FhirStore store, Random random)
    {
        for (var step = 0; step < 400; step++)
        {
            var id = $"p{random.Next(300)}";
            if (random.Next(8) == 0) store.Delete("Patient", id);
            else store.Put("Patient", id, new string('x', 100 + random.Next(900)));
            if (random.Next(3) == 0) store.Tick(TimeSpan.FromSeconds(random.Next(60)));
        }
    }
}
