using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>
/// Views over a relation, taken away while it changes in a way that they forbid, and put back with all of theirs (grants, comments,
/// indexes) before the transaction ends: readers wait, and see no hole.
/// </summary>
internal sealed class ViewsAside(SwapSession session, IReadOnlyList<SwapDependent> views)
{
    private readonly Dictionary<uint, List<string>> kept = [];

    /// <summary>Changes a relation's columns with the views over it out of the way; they must still compile afterwards.</summary>
    public static async Task AroundAsync(NpgsqlConnection connection, Relation relation, Func<Task> change, CancellationToken cancel)
    {
        var session = new SwapSession(connection);
        var path = await session.TextAsync("select current_setting('search_path')", cancel);
        await session.ExecuteAsync("set local search_path = ''", cancel);
        var found = await SwapRelation.FindAsync(session, relation, cancel) ?? throw new InvalidOperationException($"{relation} is to be changed, and it does not exist.");
        var views = await SwapDependent.ReadAsync(session, found.Oid, cancel);
        SwapRefusal.Check(found, found, views);
        var aside = new ViewsAside(session, views);
        await aside.TakeAsync(cancel);
        await session.TextAsync("select set_config('search_path', $1, true)", cancel, path);
        await change();
        await session.ExecuteAsync("set local search_path = ''", cancel);
        await aside.PutBackAsync(relation, cancel);
        await session.TextAsync("select set_config('search_path', $1, true)", cancel, path);
    }

    /// <summary>From the outermost down; the search path must be empty.</summary>
    public async Task TakeAsync(CancellationToken cancel)
    {
        foreach (var view in views.Reverse())
        {
            kept[view.Oid] = await session.KeptAsync(view.Oid, view.Relation, null, view.KindWord, cancel);
            await session.ExecuteAsync(view.DropSql, cancel);
        }
    }

    /// <summary>Throws <see cref="UserErrorException"/> when a view no longer compiles over <paramref name="target"/>.</summary>
    public async Task<List<RecreatedRelation>> PutBackAsync(Relation target, CancellationToken cancel)
    {
        var recreated = new List<RecreatedRelation>();
        foreach (var view in views)
        {
            await view.CompileAsync(session, view.CreateSql, target, cancel);
            foreach (var sql in kept[view.Oid]) await session.ExecuteAsync(sql, cancel);
            var now = await SwapRelation.FindAsync(session, view.Relation, cancel);
            recreated.Add(new RecreatedRelation(view.Relation, view.Oid, now!.Oid)); // created a moment ago
        }
        await MoveSuccessesAsync(session, recreated, cancel);
        return recreated;
    }

    /// <summary>What is recorded of views that were redefined, or recreated, goes on with what they are now.</summary>
    public static async Task MoveSuccessesAsync(SwapSession session, IReadOnlyList<RecreatedRelation> recreated, CancellationToken cancel)
    {
        if (recreated.Count == 0 || await session.TextAsync("select to_regclass('tributary.success')::text", cancel) is null) return;
        foreach (var view in recreated)
        {
            await session.RowsAsync("move_success.sql", _ => 0, cancel, (long)view.OldOid, (long)view.NewOid);
        }
    }
}
