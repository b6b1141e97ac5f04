using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// Puts what a node built where readers find it, by the shortest way that leaves no hole: a view is replaced where it stands, a
/// table on which nothing hangs is exchanged in the message that built it, and everything else goes by the swap.
/// </summary>
internal sealed partial class Publication(StatementQueue queue, SessionRelations? relations, List<string> sent, CancellationToken cancel)
{
    private const string Savepoint = "tributary_publish";
    private const string ShortWait = "select set_config('lock_timeout', '2s', true)";

    private bool waitsShortly;

    /// <summary>
    /// Puts the built relation in the target's place, in this transaction; the target's dependants, grants and comments stay. What
    /// was built in its place, because nothing stood there, is left.
    /// </summary>
    public string Publish(RelationValue built, RelationValue target)
    {
        if (built.Place == target.Place) return "";
        var isBare = relations is { IsBlind: false } && relations.Find(target.Place) is { Kind: "table", IsBare: true } && relations.Find(built.Place) is { Kind: "table" };
        if (isBare) Exchange(built, target);
        else Swap(built, target);
        relations?.Note(new RelationEffect.Dropped(target.Place, Cascade: false));
        relations?.Note(new RelationEffect.Renamed(built.Place, target.Place));
        return "";
    }

    /// <summary>
    /// Replaces a view where it stands, which spares a swap. When its columns forbid that, or a reader holds it for long, it is built
    /// beside and published. Null, and nothing is done, when the statement is not simply one that creates the target.
    /// </summary>
    public StatementAnswer? ReplaceView(string createSql, RelationValue target)
    {
        var create = CreateView().Match(createSql);
        var name = target.ToString();
        if (!create.Success || string.CompareOrdinal(createSql, create.Length, name, 0, name.Length) != 0 || SqlScan.Split(createSql).Count != 1) return null;
        var rest = createSql[(create.Length + name.Length)..];
        sent.Add(createSql);
        var answer = new StatementAnswer(createSql, queue.Flush);
        var isSaved = queue.IsUsed;
        var detour = new Detour(
            error => error.SqlState is PostgresErrorCodes.InvalidTableDefinition or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
            () => ReplaceOtherwise(rest, target, isSaved, answer));
        if (isSaved) queue.Add(QueuedStatement.Ours($"savepoint {Savepoint}", detour));
        queue.Add(QueuedStatement.Ours(ShortWait, detour));
        queue.Add(new QueuedStatement($"create or replace view {name}{rest}") { IsOurs = true, Answer = answer, Detour = detour });
        if (isSaved) queue.Add(QueuedStatement.Ours($"release savepoint {Savepoint}", detour));
        waitsShortly = true;
        relations?.Note(new RelationEffect.Added(target.Place, "view"));
        return answer;
    }

    /// <summary>Statements of the user's wait for locks as long as the server lets them.</summary>
    public void WaitAsUsual()
    {
        if (!waitsShortly) return;
        waitsShortly = false;
        queue.Add(new QueuedStatement("set local lock_timeout to default"));
    }

    /// <summary>The wait for locks was the transaction's.</summary>
    public void HasCommitted() => waitsShortly = false;

    /// <summary>
    /// The old table goes and the new one takes its name, in the message that built it. The server finds out whether that is all
    /// there is to do; if not, the general way is taken.
    /// </summary>
    private void Exchange(RelationValue built, RelationValue target)
    {
        var detour = new Detour(error => error.SqlState != PostgresErrorCodes.QueryCanceled, () =>
        {
            queue.RollbackTo(Savepoint);
            Swap(built, target);
        });
        queue.Add(QueuedStatement.Ours($"savepoint {Savepoint}"));
        queue.Add(QueuedStatement.Ours(ShortWait, detour));
        queue.Add(QueuedStatement.Ours($"lock table {target.Place.Sql} in access exclusive mode", detour));
        queue.Add(QueuedStatement.Ours(Sql.Read("Postgres/Swaps/require_bare.sql"), detour, target.Place.Sql));
        queue.Add(QueuedStatement.Ours($"drop table {target.Place.Sql}", detour));
        queue.Add(QueuedStatement.Ours($"alter table {built.Place.Sql} rename to {Identifier.Quote(target.Place.Name)}", detour));
        waitsShortly = true;
    }

    // Templates are rendered on a pool thread without a synchronization context, so this wait cannot lock itself out.
    private void Swap(RelationValue built, RelationValue target) =>
        Postgres.Swaps.Swap.RunAsync(queue.Connection, built.Place, target.Place, cancel).GetAwaiter().GetResult();

    private void ReplaceOtherwise(string rest, RelationValue target, bool isSaved, StatementAnswer answer)
    {
        if (isSaved) queue.RollbackTo(Savepoint);
        else queue.Rollback();
        var beside = WarehouseMembers.Beside(target, "__dbt_tmp");
        queue.Add(new QueuedStatement($"create view {beside}{rest}") { Answer = answer });
        Swap(beside, target);
    }

    [GeneratedRegex(@"^\s*create\s+view\s+", RegexOptions.IgnoreCase)]
    private static partial Regex CreateView();
}
