using Npgsql;
using Tributary.Core.Postgres.Swaps;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.Swaps;

public sealed class SwapConcurrencyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Swaps_that_share_a_view_end_while_readers_never_see_a_hole()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("""
            create table a as select i as id, 0 as round from generate_series(1, 100) i;
            create table b as select i as id, 0 as round from generate_series(1, 100) i;
            create view shared as select a.id, a.round as a_round, b.round as b_round from a join b using (id);
            create view top as select count(*) as n, count(distinct a_round) as a, count(distinct b_round) as b from shared;
            """);
        using var done = new CancellationTokenSource();
        string[] queries = ["select n, a, b from top", "select count(*), count(distinct a.round), 1 from a, shared s where a.id = s.id", "select count(*), 1, 1 from b"];
        var readers = queries.Select(sql => ReadAsync(warehouse, sql, done.Token)).ToArray();

        await Task.WhenAll(RebuildAsync(warehouse, "a", 15), RebuildAsync(warehouse, "b", 15));

        await done.CancelAsync();
        var seen = await Task.WhenAll(readers);
        Assert.All(seen, reads => Assert.True(reads > 0));
        Assert.Equal(["100|1|1"], await warehouse.LinesAsync("select * from top"));
        Assert.Equal(["15|15"], await warehouse.LinesAsync("select max(a_round), max(b_round) from shared"));
    }

    [Fact]
    public async Task A_swap_waits_for_a_reader_and_then_goes_through()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table a as select 0 as id, 0 as round; create view shared as select * from a");
        await using var reader = await warehouse.OpenAsync();
        await using var reading = await reader.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand("select count(*) from shared", reader)) await command.ExecuteScalarAsync(Cancel);

        var rebuild = RebuildAsync(warehouse, "a", 1);
        await WaitingAsync(warehouse);
        await reading.CommitAsync(Cancel);
        await rebuild;

        Assert.Equal(["100"], await warehouse.LinesAsync("select count(*) from shared"));
    }

    /// <summary>Reads until told to stop: every read must find 100 rows of one round.</summary>
    private static async Task<int> ReadAsync(TestDatabase warehouse, string sql, CancellationToken stop)
    {
        await using var connection = await warehouse.OpenAsync();
        var reads = 0;
        while (!stop.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var row = await command.ExecuteReaderAsync(Cancel);
            Assert.True(await row.ReadAsync(Cancel));
            Assert.Equal((100L, 1L, 1L), (row.GetInt64(0), Convert.ToInt64(row.GetValue(1), null), Convert.ToInt64(row.GetValue(2), null)));
            reads++;
        }
        return reads;
    }

    private static async Task RebuildAsync(TestDatabase warehouse, string table, int rounds)
    {
        await using var connection = await warehouse.OpenAsync();
        for (var round = 1; round <= rounds; round++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            // Every fifth round changes a type, so that the views are recreated.
            var type = round % 5 == 0 ? "bigint" : "int";
            await using (var build = new NpgsqlCommand($"create table {table}__tmp as select i as id, {round}::{type} as round from generate_series(1, 100) i", connection))
            {
                await build.ExecuteNonQueryAsync(Cancel);
            }
            await Swap.RunAsync(connection, new("public", $"{table}__tmp"), new("public", table), Cancel);
            await transaction.CommitAsync(Cancel);
        }
    }

    /// <summary>Until some session waits for a lock.</summary>
    private static async Task WaitingAsync(TestDatabase warehouse)
    {
        while (await warehouse.ScalarAsync<long>("select count(*) from pg_locks where not granted and locktype = 'relation'") == 0)
        {
            await Task.Yield();
        }
    }
}
