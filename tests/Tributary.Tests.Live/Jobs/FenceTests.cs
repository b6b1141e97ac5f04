using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Jobs;

/// <summary>Leases: one holder a step, and whatever an earlier one still sends is refused in its commit.</summary>
public sealed class FenceTests
{
    private static readonly ProjectKey Key = new("jobs", "dev");
    private static readonly SourcePosition At = new("jobs/a.yml");
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Job JobOf(params JobStep[] steps) => new(At, "a", steps);

    private static JobStep Step(string name) => new(At, name, RunOperation: new MacroCall(At, "note"));

    [Fact]
    public async Task A_step_has_one_holder_and_a_silent_one_loses_it()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var queue = new JobQueue(warehouse.Database, Key);
        await queue.EnqueueAsync(new JobRequest(JobOf(Step("one"), Step("two")), "test", null), Cancel);

        var first = await queue.ClaimAsync("first", Over, ["a"], null, Cancel);
        var second = await queue.ClaimAsync("second", Long, ["a"], null, Cancel);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Equal((first.Identity, first.Fence + 1, 1), (second.Identity, second.Fence, second.Lost));
        Assert.Null(await queue.ClaimAsync("third", Long, ["a"], null, Cancel));

        Assert.False(await queue.RenewAsync(first, Long, Cancel));
        Assert.False(await queue.EndAsync(first, new StepEnd.Succeeded(), Cancel));
        Assert.True(await queue.RenewAsync(second, Long, Cancel));
        Assert.True(await queue.EndAsync(second, new StepEnd.Succeeded(), Cancel));
        Assert.Equal("two", (await queue.ClaimAsync("third", Long, ["a"], null, Cancel))?.Name);
    }

    [Fact]
    public async Task A_holder_that_was_silent_too_long_can_neither_go_on_nor_say_that_it_failed_but_what_it_did_counts()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var queue = new JobQueue(warehouse.Database, Key);
        await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", null), Cancel);
        var silent = await queue.ClaimAsync("first", Over, ["a"], null, Cancel);
        Assert.False(await queue.RenewAsync(silent!, Long, Cancel));
        Assert.False(await queue.EndAsync(silent!, new StepEnd.Failed("its sessions were ended"), Cancel));
        Assert.False(await queue.EndAsync(silent!, new StepEnd.Failed("its sessions were ended", TimeSpan.FromMinutes(1)), Cancel));
        Assert.True(await queue.EndAsync(silent!, new StepEnd.Succeeded(), Cancel));
    }

    [Fact]
    public async Task What_a_lost_holder_commits_is_refused_with_all_that_it_did_in_the_transaction()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("create table public.effect (n int)");
        var queue = new JobQueue(warehouse.Database, Key);
        await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", null), Cancel);
        var lost = await queue.ClaimAsync("first", Over, ["a"], null, Cancel);
        await using var stale = Under(warehouse, lost!);
        await EffectAsync(stale); // nobody has taken it over yet
        var held = await queue.ClaimAsync("second", Long, ["a"], null, Cancel);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => EffectAsync(stale));

        Assert.Equal("TRL01", refused.SqlState);
        await using var fresh = Under(warehouse, held!);
        await EffectAsync(fresh);
        Assert.Equal(2, await warehouse.ScalarAsync<long>("select count(*) from public.effect"));
    }

    [Fact]
    public async Task Nobody_takes_a_step_over_while_its_holder_commits()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("create table public.effect (n int)");
        var queue = new JobQueue(warehouse.Database, Key);
        await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", null), Cancel);
        var holder = await queue.ClaimAsync("first", Over, ["a"], null, Cancel);
        await using var sessions = Under(warehouse, holder!);
        await using (var connection = await sessions.OpenAsync(Cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await WriteAsync(connection);
            Assert.Null(await queue.ClaimAsync("second", Long, ["a"], null, Cancel));
            await transaction.CommitAsync(Cancel);
        }
        Assert.NotNull(await queue.ClaimAsync("second", Long, ["a"], null, Cancel));
    }

    [Fact]
    public async Task A_cancelled_run_lets_nothing_through_any_more()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("create table public.effect (n int)");
        var queue = new JobQueue(warehouse.Database, Key);
        var run = await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", null), Cancel);
        var holder = await queue.ClaimAsync("first", Long, ["a"], null, Cancel);
        await queue.CancelAsync(run!.Value, "cancelled", "a test", Cancel);
        await using var sessions = Under(warehouse, holder!);

        await Assert.ThrowsAsync<PostgresException>(() => EffectAsync(sessions));

        Assert.False(await queue.RenewAsync(holder!, Long, Cancel));
    }

    [Fact]
    public async Task Runs_of_one_name_wait_for_one_another_and_an_instant_has_one_run()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var queue = new JobQueue(warehouse.Database, Key);
        var due = new DateTimeOffset(2026, 3, 8, 10, 0, 0, TimeSpan.Zero);
        Assert.NotNull(await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", due), Cancel));
        Assert.Null(await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", due), Cancel));
        Assert.NotNull(await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", due.AddHours(1)), Cancel));

        var first = await queue.ClaimAsync("first", Long, ["a"], null, Cancel);
        Assert.Null(await queue.ClaimAsync("second", Long, ["a"], null, Cancel));
        await queue.EndAsync(first!, new StepEnd.Succeeded(), Cancel);
        Assert.Equal(due.AddHours(1), (await queue.ClaimAsync("second", Long, ["a"], null, Cancel))?.Due);
    }

    [Fact]
    public async Task A_step_that_is_to_be_tried_again_waits_and_one_that_was_handed_back_does_not()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var queue = new JobQueue(warehouse.Database, Key);
        await queue.EnqueueAsync(new JobRequest(JobOf(Step("one")), "test", null), Cancel);
        var first = await queue.ClaimAsync("first", Long, ["a"], null, Cancel);
        await queue.EndAsync(first!, new StepEnd.HandedBack(), Cancel);
        var second = await queue.ClaimAsync("second", Long, ["a"], null, Cancel);
        Assert.Equal(1, second!.Attempt);
        await queue.EndAsync(second, new StepEnd.Failed("away", Again: TimeSpan.FromHours(1)), Cancel);
        Assert.Null(await queue.ClaimAsync("third", Long, ["a"], null, Cancel));
        await warehouse.ExecuteAsync("update tributary.job_step set not_before = now()");
        Assert.Equal(2, (await queue.ClaimAsync("third", Long, ["a"], null, Cancel))!.Attempt);
    }

    private static Database Under(TestDatabase warehouse, Claim claim) =>
        Database.At(new NpgsqlConnectionStringBuilder(warehouse.Address.ConnectionString) { Options = $"-c tributary.lease={claim.Lease}" }, "tests");

    private static async Task EffectAsync(Database database)
    {
        await using var connection = await database.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await WriteAsync(connection);
        await transaction.CommitAsync(Cancel);
    }

    private static async Task WriteAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            insert into public.effect values (1);
            insert into tributary.success (project, target, node, fingerprint, run_id, as_of, succeeded_at) values ('jobs', 'dev', 'n', 'f', 'r', now(), now())
            on conflict (project, target, node) do update set fingerprint = excluded.fingerprint
            """, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
