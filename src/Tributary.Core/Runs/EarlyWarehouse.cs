using Tributary.Core.Postgres;
using Tributary.Core.Projects;

namespace Tributary.Core.Runs;

/// <summary>The first connection of a call, opened while its project is still being read: both take about as long.</summary>
public sealed class EarlyWarehouse(string runId, CancellationToken cancel) : IAsyncDisposable
{
    private Task<OpenedWarehouse>? opening;

    /// <summary>The run that the connection is for.</summary>
    public string RunId => runId;

    /// <summary>Begins as soon as the target is known. Only for a plain dbt project: the address of another may depend on its files.</summary>
    public void Begin(TargetChoice target)
    {
        if (target is { Profile: not null, Warehouse: { } warehouse }) opening = Task.Run(() => Open(warehouse), cancel);
    }

    /// <summary>The warehouse, checked, with a connection that waits in its pool; to be disposed of by the caller; null when nothing was begun. Throws what opening throws.</summary>
    public async Task<OpenedWarehouse?> TakeAsync()
    {
        if (opening is not { } begun) return null;
        opening = null;
        return await begun.WaitAsync(cancel);
    }

    private OpenedWarehouse Open(WarehouseConfig warehouse)
    {
        var database = Database.At(warehouse.ToAddress(), RunSession.SessionName(runId), zone: SessionZone.OfServer);
        try
        {
            return new OpenedWarehouse(database, ServerCheck.Run(database));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (await TakeAsync() is { } unused) await unused.Database.DisposeAsync();
        }
        catch (Exception) when (opening is null)
        {
            // Nobody needed the warehouse: that it cannot be reached is not what was wrong with this call.
        }
    }
}
