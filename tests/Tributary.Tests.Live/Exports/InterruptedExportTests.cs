using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

public sealed class InterruptedExportTests
{
    private const string Tables = "create table m.patient as select md5(i::text) as id from generate_series(1, 20000) as i;";

    [Theory]
    [Requirement("X4")]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task A_full_destination_leaves_nothing_and_says_what_to_do(long room)
    {
        await using var world = await WorldAsync();
        var folder = world.Destination;
        world.Destination = new FailingDestination(folder, room);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Pii, "patient")));
        Assert.Equal(ErrorCodes.DeliveryFailed, error.Errors[0].Code);
        Assert.Empty(world.Files());
        Assert.Equal(0L, await world.Warehouse.ScalarAsync<long>("select count(*) from tributary.delivery"));

        world.Destination = folder;
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"))));
    }

    [Fact]
    [Requirement("X4")]
    public async Task A_file_that_was_published_but_not_recorded_is_adopted()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"));
        var path = Path.Combine(world.Root, ExportWorld.NameOf(Track.Pii));
        var published = await File.ReadAllBytesAsync(path);
        await world.Warehouse.ExecuteAsync("delete from tributary.delivery");
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"))));
        Assert.Equal([ExportWorld.NameOf(Track.Pii)], world.Files());
        Assert.Equal(published, await File.ReadAllBytesAsync(path));
        Assert.Equal(1L, await world.Warehouse.ScalarAsync<long>("select count(*) from tributary.delivery"));
    }

    [Fact]
    public async Task An_interrupt_stops_the_statement_and_leaves_nothing()
    {
        await using var world = await WorldAsync();
        await world.Warehouse.ExecuteAsync("create view m.slow as select i, pg_sleep(0.01)::text as s from generate_series(1, 100000) as i");
        await world.AddAsync("slow", Track.Pii);
        using var stop = new CancellationTokenSource();
        var context = world.Context() with { Progress = new Watcher(stop) };
        var node = world.Nodes(ExportWorld.Export(Track.Pii, "patient", "slow"))[0];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.RunAsync(context, stop.Token));
        await context.Scope.DisposeAsync();
        Assert.Empty(world.Files());
        // The server hears of the cancellation a moment after the client has gone on: what must be true is that it ends, in seconds and not in 1,000.
        var running = "exists (select from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and state = 'active' and pid <> pg_backend_pid())";
        await world.Warehouse.ExecuteAsync($"do $$ begin for attempt in 1..300 loop exit when not {running}; perform pg_sleep(0.1); perform pg_stat_clear_snapshot(); end loop; end $$");
        Assert.False(await world.Warehouse.ScalarAsync<bool>($"select {running}"));
    }

    private static async Task<ExportWorld> WorldAsync()
    {
        var world = await ExportWorld.CreateAsync(Tables);
        await world.AddAsync("patient", Track.Pii);
        return world;
    }

    /// <summary>Interrupts once the first file is written.</summary>
    private sealed class Watcher(CancellationTokenSource stop) : IProgress<NodeProgress>
    {
        public void Report(NodeProgress value)
        {
            if (value.Note == "patient" && value.Rows == 20000) stop.CancelAfter(TimeSpan.FromMilliseconds(1));
        }
    }
}
