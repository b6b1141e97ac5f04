using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context;

namespace Tributary.Core.Models.Running;

/// <summary>A session for templates that only look: opened when first asked, in a transaction that cannot write and is rolled back.</summary>
internal sealed class ReadSession : IAsyncDisposable
{
    private readonly Lazy<NpgsqlConnection> connection;

    public ReadSession(RunContext run, string databaseName, CancellationToken cancel)
    {
        connection = new Lazy<NpgsqlConnection>(() =>
        {
            // Rendering is synchronous and runs on a pool thread; this wait cannot lock itself out.
            var opened = run.Database.OpenAsync(cancel).GetAwaiter().GetResult();
            using var begin = new NpgsqlCommand("begin read only", opened);
            begin.ExecuteNonQuery();
            return opened;
        });
        Session = new WarehouseSession(connection, databaseName, cancel) { Print = run.Print };
    }

    public WarehouseSession Session { get; }

    public async ValueTask DisposeAsync()
    {
        if (!connection.IsValueCreated) return;
        await using var opened = connection.Value;
        if (opened.State != System.Data.ConnectionState.Open) return;
        await using var rollback = new NpgsqlCommand("rollback", opened);
        await rollback.ExecuteNonQueryAsync();
    }
}
