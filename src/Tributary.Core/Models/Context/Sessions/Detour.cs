using Npgsql;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// Statements of ours that usually fit travel at once; when the server refuses one of them, <paramref name="otherwise"/> does the
/// same in the way that always fits, and what was queued behind them goes on.
/// </summary>
internal sealed class Detour(Func<PostgresException, bool> isFor, Action otherwise)
{
    public bool IsFor(PostgresException error) => isFor(error);

    public void Take() => otherwise();
}
