using System.Collections.Concurrent;
using System.Data;
using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// The sessions that the nodes of a run hand on to one another. One that is as new, because it only defined views, is handed on as
/// it is. Any other goes back to the pool, which lets the server forget everything in it (<c>DISCARD ALL</c>): one more answer
/// that the next node waits for.
/// </summary>
internal sealed class NodeSessions : IAsyncDisposable
{
    /// <summary>The others wait in the pool, where everyone may have them.</summary>
    private const int MostIdle = 8;

    private readonly ConcurrentBag<NpgsqlConnection> idle = [];

    /// <summary>To be given back, or disposed of when it may hold anything of its node's.</summary>
    public NpgsqlConnection Take(Database database)
    {
        while (idle.TryTake(out var session))
        {
            if (session.FullState == ConnectionState.Open) return session;
            session.Dispose();
        }
        return database.Open();
    }

    /// <summary>Takes back what is as new and in no transaction.</summary>
    public void GiveBack(NpgsqlConnection session)
    {
        if (idle.Count < MostIdle) idle.Add(session);
        else session.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var session)) await session.DisposeAsync();
    }
}
