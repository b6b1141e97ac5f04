using Tributary.Core.Text;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>
/// Random histories of a database, loads between and faults on the way: what is in the raw table in the end is what the server holds, deletions and
/// their last documents included. 40 histories, and 400 in <c>./test long</c>.
/// </summary>
[Requirement("C4", "C22", "X3")]
public sealed class CouchHistoriesTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 };

    [Fact]
    public async Task Whatever_happens_the_raw_table_becomes_what_the_server_holds()
    {
        await using var host = await CouchHost.CreateAsync();
        for (var seed = 0; seed < (IsLong ? 400 : 40); seed++)
        {
            var history = new CouchHistory(host, $"db{seed}", seed);
            await history.LiveAsync();
            Assert.Equal<string[]>([$"history {seed}", .. history.Expected()], [$"history {seed}", .. await host.Warehouse.LinesAsync(
                "select _id, coalesce(_version, '-'), _deleted, doc ->> 'n' from v1.couchdb where source = $1 order by _id collate \"C\"", $"127.0.0.1/db{seed}")]);
        }
    }

    [Fact]
    public async Task A_program_that_is_killed_at_any_moment_loses_nothing()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateAsync(host);
        var random = new Random(5);
        for (var i = 0; i < 600; i++) host.Medic.Put($"d{i:d4}", $"\"n\":{i},\"text\":\"{new string('x', 400)}\"");

        for (var kill = 0; kill < (IsLong ? 20 : 3); kill++)
        {
            using var program = project.Start("sync", "--follow");
            // The signal is a page that was asked for; the kill meets the program somewhere in what follows.
            var pages = host.Server.Requests.Count + random.Next(2, 7);
            while (host.Server.Requests.Count < pages && !program.HasEnded)
            {
                for (var i = 0; i < 20; i++) host.Medic.Put($"d{random.Next(900):d4}", $"\"n\":{random.Next(1000)}", isDeleted: random.Next(5) == 0);
                await host.Server.NextRequestAsync();
            }
            program.Kill();
            await program.EndAsync();
        }
        (await project.RunAsync("sync")).Expect(0);

        var alive = host.Medic.All().Where(winner => !winner.IsDeleted).Select(winner => $"{winner.Id}|{winner.Revision}").ToArray();
        Assert.Equal(alive, await host.Warehouse.LinesAsync("select _id, _version from v1.couchdb where not _deleted order by _id collate \"C\""));
        Assert.Equal(["True"], await host.Warehouse.LinesAsync("select count(*) = max(load) and max(load) = (select load from tributary.checkpoint) from tributary.load"));
    }
}

/// <summary>One database's random life, and what a replica must hold after it.</summary>
internal sealed class CouchHistory(CouchHost host, string name, int seed)
{
    private readonly Random random = new(seed);
    private readonly CouchDatabase database = host.Server.Create(name);

    /// <summary>The last document with a body that a load can have seen, and the last revision that it saw.</summary>
    private readonly SortedDictionary<string, (string Revision, bool IsDeleted, string N)> expected = new(StringComparer.Ordinal);

    public string[] Expected() => [.. expected.Select(row => $"{row.Key}|{row.Value.Revision}|{row.Value.IsDeleted}|{row.Value.N}")];

    public async Task LiveAsync()
    {
        host.Server.IsPlain = seed % 2 == 0;
        for (var round = 0; round < 4; round++)
        {
            for (var step = random.Next(1, 60); step > 0; step--) Step();
            if (random.Next(2) == 0) host.Server.Fail([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => SomeFault())]);
            await LoadAsync();
            See();
        }
    }

    private void Step()
    {
        var id = $"d{random.Next(25)}";
        switch (random.Next(10))
        {
            case 0 or 1:
                database.Delete(id);
                break;
            case 2 when database.Find(id) is not null:
                database.Purge(id);
                break;
            default:
                database.Put(id, $"\"n\":\"{random.Next(1000)}\",\"text\":\"{new string('y', random.Next(300))}\"");
                break;
        }
    }

    private Fault SomeFault() => random.Next(4) switch
    {
        0 => new Fault(500 + random.Next(4)),
        1 => new Fault(CutAfter: random.Next(1, 4000)),
        2 => new Fault(ErrorAfter: random.Next(1, 4000)),
        _ => new Fault(),
    };

    // A few faults in a row are more than a load bears; the next one goes on.
    private async Task LoadAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await host.LoadAsync(name);
                return;
            }
            catch (TransientException) when (attempt < 5)
            {
            }
        }
    }

    private void See()
    {
        foreach (var winner in database.All())
        {
            var known = expected.GetValueOrDefault(winner.Id, ("", false, "∅"));
            expected[winner.Id] = (winner.Revision, winner.IsDeleted, winner.IsDeleted ? known.Item3 : System.Text.Json.JsonDocument.Parse(winner.Body).RootElement.GetProperty("n").GetString()!); // every document has it
        }
        foreach (var id in database.PurgedIds.Distinct().Where(id => database.Find(id) is null))
        {
            var known = expected.GetValueOrDefault(id, ("", false, "∅"));
            if (!known.Item2) expected[id] = ("-", true, known.Item3); // what was deleted before stays as it was
        }
    }
}
