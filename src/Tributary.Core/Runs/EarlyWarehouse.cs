using Tributary.Core.Postgres;
using Tributary.Core.Projects;

namespace Tributary.Core.Runs;

/// <summary>The first connection of a call, opened while its project is still being read: both take about as long.</summary>
public sealed class EarlyWarehouse(string runId, CancellationToken cancel) : IAsyncDisposable
{
    private Task<Database>? opening;

    /// <summary>The run that the connection is for.</summary>
    public string RunId => runId;

    /// <summary>Begins as soon as the target is known. Only for a plain dbt project: the address of another may depend on its files.</summary>
    public void Begin(TargetChoice target)
    {
        if (target is { Profile: not null, Warehouse: { } warehouse }) opening = Task.Run(() => OpenAsync(warehouse), cancel);
    }

    /// <summary>The warehouse with a connection that waits in its pool, to be disposed of by the caller; null when nothing was begun. Throws what opening throws.</summary>
    public async Task<Database?> TakeAsync()
    {
        if (opening is not { } begun) return null;
        opening = null;
        return await begun;
    }

    private async Task<Database> OpenAsync(WarehouseConfig warehouse)
    {
        var database = Database.At(warehouse.ToAddress(), RunSession.SessionName(runId), zone: SessionZone.OfServer);
        try
        {
            await (await database.OpenAsync(cancel)).DisposeAsync();
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (await TakeAsync() is { } unused) await unused.DisposeAsync();
        }
        catch (Exception) when (opening is null)
        {
            // Nobody needed the warehouse: that it cannot be reached is not what was wrong with this call.
        }
    }
}
