using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Tributary.Tests.Live.Support;

/// <summary>
/// The one PostgreSQL of this test process, started by the first test that asks: a throwaway server, or the one that
/// <c>TRIBUTARY_TEST_POSTGRES</c> (a connection string of a user who may create databases) names.
/// A machine without PostgreSQL fails these tests; it never skips them.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    /// <summary>The role that tests work as on a throwaway server: no superuser, as in production.</summary>
    private const string Owner = "tributary";

    private static readonly SemaphoreSlim Gate = new(1);
    private static Running? running;

    private sealed record Running(ThrowawayServer? Server, NpgsqlConnectionStringBuilder Admin, NpgsqlConnectionStringBuilder Owner, string Template);

    /// <summary>A connection string of the superuser (or of the user of TRIBUTARY_TEST_POSTGRES), database <c>postgres</c>.</summary>
    internal static async Task<NpgsqlConnectionStringBuilder> AdminAsync() => new((await StartAsync()).Admin.ConnectionString);

    /// <summary>A new empty (template1) or migrated database's address, as its owner.</summary>
    internal static async Task<NpgsqlConnectionStringBuilder> CreateDatabaseAsync(string name, bool migrated)
    {
        var server = await StartAsync();
        var template = migrated ? server.Template : "template1";
        await ExecuteAsync(server.Admin, $"""create database "{name}" template "{template}" owner "{server.Owner.Username}" """);
        return new NpgsqlConnectionStringBuilder(server.Owner.ConnectionString) { Database = name };
    }

    internal static async Task ExecuteAsync(NpgsqlConnectionStringBuilder address, string sql)
    {
        var single = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(single.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<Running> StartAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return running ??= await PrepareAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<Running> PrepareAsync()
    {
        var existing = Environment.GetEnvironmentVariable("TRIBUTARY_TEST_POSTGRES");
        var server = existing is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        var admin = server?.Address ?? new NpgsqlConnectionStringBuilder(existing);
        var owner = new NpgsqlConnectionStringBuilder(admin.ConnectionString);
        if (server is not null)
        {
            owner.Username = Owner;
            // As in a private cluster: the role bears the control schema's name, so "$user" must not be on its path.
            await ExecuteAsync(admin, $"create role {Owner} login password '{admin.Password}'; alter role {Owner} set search_path = public");
        }
        // Processes that share an existing server must not share the template: each drops its own.
        var template = $"tributary_template_{Environment.ProcessId}";
        await ExecuteAsync(admin, $"""drop database if exists "{template}" """);
        await ExecuteAsync(admin, $"""create database "{template}" owner "{owner.Username}" """);
        await using (var database = Database.At(new(owner.ConnectionString) { Database = template, Pooling = false }, "tests"))
        {
            await Migrations.RunAsync(database, CancellationToken.None);
        }
        return new Running(server, admin, owner, template);
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not { } server) return;
        running = null;
        if (server.Server is not null) await server.Server.DisposeAsync();
        else await ExecuteAsync(server.Admin, $"""drop database if exists "{server.Template}" with (force)""");
    }
}
