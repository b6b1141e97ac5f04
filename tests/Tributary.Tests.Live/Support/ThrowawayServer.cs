using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Tests.Live.Support;

/// <summary>
/// A PostgreSQL server for this test process alone. A shell holds the server and reads from a pipe that only this process can
/// write to: when this process ends, however it ends, the pipe closes, and the shell stops the server and deletes its folder.
/// </summary>
internal sealed class ThrowawayServer : IAsyncDisposable
{
    /// <summary>$1 the folder of the programs, $2 the server's folder, $3 the port.</summary>
    private const string Keeper = """
        trap '' INT HUP
        "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
            -c shared_buffers=64MB -c max_wal_size=512MB -c log_min_messages=warning </dev/null >"$2/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT $server 2>/dev/null
        wait $server
        rm -rf "$2"
        """;

    private readonly Process keeper;

    private ThrowawayServer(Process keeper, NpgsqlConnectionStringBuilder address)
    {
        this.keeper = keeper;
        Address = address;
    }

    /// <summary>The superuser's address, database <c>postgres</c>.</summary>
    public NpgsqlConnectionStringBuilder Address { get; }

    public static async Task<ThrowawayServer> StartAsync(CancellationToken cancel)
    {
        var binaries = await PostgresBinaries.FindAsync(cancel);
        for (var attempt = 1; ; attempt++)
        {
            // The port was free a moment ago; another test process may have taken it since.
            if (await TryStartAsync(binaries, cancel) is { } server) return server;
            if (attempt == 5) throw new InvalidOperationException("PostgreSQL did not start in five attempts, each on another port.");
        }
    }

    private static async Task<ThrowawayServer?> TryStartAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var folder = await InitializeAsync(binaries, password, cancel);
        var port = FreePort();
        var start = ServerCommand.Start(
            ServerCommand.SystemUser, "sh", ["-c", Keeper, "sh", binaries.Folder, folder, $"{port}"]);
        start.RedirectStandardOutput = false;
        start.RedirectStandardError = false;
        var keeper = Process.Start(start)!;
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = "postgres",
            Username = "admin",
            Password = password,
            Timeout = 60,
            CommandTimeout = 120,
        };
        var server = new ThrowawayServer(keeper, address);
        if (await server.AnswersAsync(cancel)) return server;
        await server.DisposeAsync();
        return null;
    }

    /// <summary>A new cluster in a new folder that belongs to the user whom the server runs as.</summary>
    private static async Task<string> InitializeAsync(PostgresBinaries binaries, string password, CancellationToken cancel)
    {
        const string script = """
            folder=$(mktemp -d "${TMPDIR:-/tmp}/tributary-test-XXXXXX") && cd "$folder" && umask 077 && cat >password &&
            "$1/initdb" -D data -U admin -A scram-sha-256 --pwfile=password -E UTF8 --locale=C --no-sync >initdb.log 2>&1 && echo "$folder"
            """;
        using var process = Process.Start(ServerCommand.Start(ServerCommand.SystemUser, "sh", ["-c", script, "sh", binaries.Folder]))!;
        await process.StandardInput.WriteAsync(password);
        process.StandardInput.Close();
        var folder = (await process.StandardOutput.ReadToEndAsync(cancel)).Trim();
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 && folder.Length > 0
            ? folder
            : throw new InvalidOperationException($"initdb of a test server failed (is there space in the temporary folder?): {errors}");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        var probe = new NpgsqlConnectionStringBuilder(Address.ConnectionString) { Pooling = false };
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(probe.ConnectionString);
                await connection.OpenAsync(cancel);
                return true;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                return false;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, cancel);
            }
        }
        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }
}
