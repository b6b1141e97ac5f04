using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>
/// One try at a swap. All locks are taken first and in one message to the server, so that a reader hardly gets in between; in the
/// order in which readers take them, from the outermost view down to the table; and once one is held, the others are waited for
/// shorter than <c>deadlock_timeout</c> (1 s), so that the swap gives way before a reader is made to.
/// </summary>
internal sealed class SwapAttempt(SwapSession session, Relation built, Relation target)
{
    private const string FirstWait = "set local lock_timeout = '2s'";
    private const string NextWait = "set local lock_timeout = '500ms'";

    /// <summary>The relations that must be locked, for the message when they cannot be.</summary>
    public List<uint> Wanted { get; } = [];

    /// <summary>
    /// Throws <see cref="PostgresException"/> 42P16 when <paramref name="inPlace"/> and a view's columns changed: it must be recreated then.
    /// </summary>
    public async Task<SwapResult> RunAsync(bool inPlace, CancellationToken cancel)
    {
        await session.ExecuteAsync($"{FirstWait}; set local search_path = ''", cancel);
        await session.ExecuteAsync(Swap.SerializeSql, cancel);
        var found = await SwapRelation.FindAsync(session, built, cancel)
            ?? throw new InvalidOperationException($"{built} is to become {target}, and it does not exist.");
        var old = await SwapRelation.FindAsync(session, target, cancel);
        if (old is null)
        {
            await TakeNameAsync(found, [], cancel);
            return new SwapResult(found.Oid, []);
        }
        var dependents = await SwapDependent.ReadAsync(session, old.Oid, cancel);
        SwapRefusal.Check(old, found, dependents);
        var isInPlace = inPlace && !dependents.Exists(view => view.IsDirect && view.Kind == 'm');
        if (isInPlace) dependents.RemoveAll(view => !view.IsDirect);
        await LockAsync(old, dependents, cancel);
        var keys = await SwapForeignKey.ReadAsync(session, old.Oid, cancel);
        await RunAllAsync(keys.Select(key => key.DropSql), cancel);
        var result = isInPlace
            ? await ReplaceViewsAsync(old, found, dependents, cancel)
            : await RecreateViewsAsync(old, found, dependents, cancel);
        foreach (var key in keys) await key.AddAsync(session, target, cancel);
        return result;
    }

    /// <summary>After this, nobody else reads, changes or builds upon these relations.</summary>
    private Task LockAsync(SwapRelation old, List<SwapDependent> dependents, CancellationToken cancel)
    {
        Wanted.AddRange([old.Oid, .. dependents.Select(view => view.Oid)]);
        string[] locks = [.. Enumerable.Reverse(dependents).Select(view => view.LockSql), old.LockSql];
        return session.ExecuteAsync(string.Join(";\n", [locks[0], NextWait, .. locks[1..]]), cancel);
    }

    private async Task<SwapResult> ReplaceViewsAsync(SwapRelation old, SwapRelation found, List<SwapDependent> views, CancellationToken cancel)
    {
        var kept = await session.KeptAsync(old.Oid, target, found.Oid, found.KindWord, cancel);
        var names = await SwapNames.ReadAsync(session, old.Oid, cancel);
        var aside = new Relation(target.Schema, Identifier.Shorten($"{target.Name}_{old.Oid}", "__bak"));
        await session.ExecuteAsync($"alter {old.KindWord} {target.Sql} rename to {Identifier.Quote(aside.Name)}", cancel);
        await RenameAsync(found, cancel);
        await RunAllAsync(kept, cancel);
        foreach (var view in views) await view.CompileAsync(session, view.ReplaceSql, target, cancel);
        await ViewsAside.MoveSuccessesAsync(session, [.. views.Select(view => new RecreatedRelation(view.Relation, view.Oid, view.Oid))], cancel);
        await session.ExecuteAsync($"drop {old.KindWord} {aside.Sql}", cancel);
        await NameIndexesAsync(found, names, cancel);
        return new SwapResult(found.Oid, []);
    }

    private async Task<SwapResult> RecreateViewsAsync(SwapRelation old, SwapRelation found, List<SwapDependent> views, CancellationToken cancel)
    {
        var aside = new ViewsAside(session, views);
        await aside.TakeAsync(cancel);
        var kept = await session.KeptAsync(old.Oid, target, found.Oid, found.KindWord, cancel);
        var names = await SwapNames.ReadAsync(session, old.Oid, cancel);
        await session.ExecuteAsync($"drop {old.KindWord} {target.Sql}", cancel);
        await TakeNameAsync(found, names, cancel);
        await RunAllAsync(kept, cancel);
        return new SwapResult(found.Oid, await aside.PutBackAsync(target, cancel));
    }

    private async Task TakeNameAsync(SwapRelation found, IReadOnlyList<SwapNames.Named> names, CancellationToken cancel)
    {
        await RenameAsync(found, cancel);
        await NameIndexesAsync(found, names, cancel);
    }

    private Task RenameAsync(SwapRelation found, CancellationToken cancel) =>
        session.ExecuteAsync($"alter {found.KindWord} {built.Sql} rename to {Identifier.Quote(target.Name)}", cancel);

    private async Task NameIndexesAsync(SwapRelation found, IReadOnlyList<SwapNames.Named> names, CancellationToken cancel)
    {
        var after = await SwapNames.ReadAsync(session, found.Oid, cancel);
        await RunAllAsync(SwapNames.Renames(names, after, built, target), cancel);
    }

    private async Task RunAllAsync(IEnumerable<string> statements, CancellationToken cancel)
    {
        foreach (var sql in statements) await session.ExecuteAsync(sql, cancel);
    }
}
