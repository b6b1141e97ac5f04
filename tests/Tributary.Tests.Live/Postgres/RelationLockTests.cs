using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres;

public sealed class RelationLockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_writer_waits_and_names_the_first()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var relation = new Relation("marts", "visit");
        await using var holder = Database.At(warehouse.Address, "tributary run 0199");
        await using var first = await holder.OpenAsync(Cancel);
        await using var second = await warehouse.OpenAsync();
        var told = new TaskCompletionSource<string>();
        var held = await RelationLock.TakeAsync(first, relation, _ => Assert.Fail("Nobody held it."), Cancel);

        var waiting = RelationLock.TakeAsync(second, relation, told.SetResult, Cancel);
        Assert.StartsWith("tributary run 0199 (process ", await told.Task, StringComparison.Ordinal);
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();

        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task Other_relations_are_free_and_a_lost_session_frees_its_own()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var first = await warehouse.OpenAsync();
        await RelationLock.TakeAsync(first, new("marts", "visit"), _ => Assert.Fail("Nobody held it."), Cancel);
        await using var second = await warehouse.OpenAsync();
        await using var other = await RelationLock.TakeAsync(second, new("marts", "patient"), _ => Assert.Fail("Nobody held it."), Cancel);
        await first.DisposeAsync(); // back to the pool, which resets the session when it is used again

        await using var third = await warehouse.OpenAsync();
        await using var freed = await RelationLock.TakeAsync(third, new("marts", "visit"), _ => Assert.Fail("Nobody held it."), Cancel);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var first = await warehouse.OpenAsync();
        await using var second = await warehouse.OpenAsync();
        await using var held = await RelationLock.TakeAsync(first, new("marts", "visit"), _ => Assert.Fail("Nobody held it."), Cancel);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RelationLock.TakeAsync(second, new("marts", "visit"), _ => stop.CancelAfter(TimeSpan.FromMilliseconds(50)), stop.Token));
    }
}
