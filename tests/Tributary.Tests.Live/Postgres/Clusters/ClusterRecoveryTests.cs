using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Clusters;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.Clusters;

/// <summary>What befalls a cluster between two starts: kills, reboots, moved and copied checkouts, taken ports, lost data.</summary>
public sealed class ClusterRecoveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_server_starts_again_with_what_was_committed()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();
        await TemporaryProject.ExecuteAsync(address, "create schema kept; create table kept.a as select 7 as id");
        await using var session = new NpgsqlConnection(address.ConnectionString);
        await session.OpenAsync(Cancel); // a child that outlives the server for a moment

        Kill(project.Postmaster);
        var again = await project.StartAsync();

        Assert.Equal(7, await TemporaryProject.ScalarAsync<int>(again, "select id from kept.a"));
        Assert.Equal(address.ConnectionString, again.ConnectionString);
    }

    [Fact]
    public async Task A_pid_file_that_names_another_program_after_a_reboot_is_no_obstacle()
    {
        await using var project = new TemporaryProject();
        await project.StartAsync();
        var pidFile = Path.Combine(project.Files.DataDirectory, "postmaster.pid");
        var left = await File.ReadAllLinesAsync(pidFile, Cancel);
        await project.Cluster.StopAsync(Cancel);
        // The same user's, so that PostgreSQL alone would take it for a running server.
        var start = ServerCommand.Start(ServerCommand.SystemUser, "sh", ["-c", "echo $$; exec cat"]);
        using var other = Process.Start(start)!;
        left[0] = await other.StandardOutput.ReadLineAsync(Cancel) ?? "";
        await File.WriteAllLinesAsync(pidFile, left, Cancel);

        await project.StartAsync();

        Assert.False(other.HasExited);
        Assert.NotEqual(left[0], $"{project.Postmaster}");
        other.StandardInput.Close();
        await other.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task A_taken_port_is_named_and_another_can_be_given()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();
        await project.Cluster.StopAsync(Cancel);
        using var stranger = new TcpListener(IPAddress.Loopback, address.Port);
        stranger.Start();
        var refusing = RefuseAsync(stranger);

        var refused = await Assert.ThrowsAsync<UserErrorException>(project.StartAsync);

        Assert.Equal(ErrorCodes.PortTaken, refused.Errors[0].Code);
        Assert.Contains($"{address.Port}", refused.Errors[0].Message, StringComparison.Ordinal);
        var other = ClusterPorts.Choose(project.Files);
        Assert.NotEqual(address.Port, other);
        await project.Cluster.StartAsync(Cancel, other);
        Assert.Equal(other, (await project.StartAsync()).Port);
        Assert.Equal(other, ClusterPointer.Read(project.Folder)?.Port);
        stranger.Stop();
        await refusing;
    }

    [Fact]
    public async Task Killed_while_it_makes_the_cluster_it_leaves_nothing_in_the_way()
    {
        await using var project = new TemporaryProject();
        using (var run = TributaryProcess.Start(project.Variables, "db", "start", "--project", project.Folder))
        {
            while (!run.HasEnded && !HasBegun(project.Files)) await Task.Yield();
            run.Kill();
        }
        Assert.False(project.Cluster.Status().IsMade);

        await project.StartAsync();
        await project.Cluster.StopAsync(Cancel);
        await project.StartAsync();

        Assert.True(project.Cluster.Status().IsMade);
    }

    [Fact]
    public async Task Lost_data_are_not_replaced_by_an_empty_cluster()
    {
        await using var project = new TemporaryProject();
        await project.StartAsync();
        await project.Cluster.StopAsync(Cancel);
        var version = Path.Combine(project.Files.DataDirectory, "PG_VERSION");
        await File.WriteAllTextAsync(version, "14\n", Cancel);
        Assert.Equal(ErrorCodes.ClusterVersion, (await Assert.ThrowsAsync<UserErrorException>(project.StartAsync)).Errors[0].Code);
        await File.WriteAllTextAsync(version, "15\n", Cancel);
        File.Delete(Path.Combine(project.Files.DataDirectory, "global", "pg_control"));
        Assert.Equal(ErrorCodes.ClusterMissing, (await Assert.ThrowsAsync<UserErrorException>(project.StartAsync)).Errors[0].Code);
        Directory.Delete(project.Files.DataDirectory, recursive: true);
        Assert.Equal(ErrorCodes.ClusterMissing, (await Assert.ThrowsAsync<UserErrorException>(project.StartAsync)).Errors[0].Code);
        Directory.Delete(project.Files.Root, recursive: true);
        Assert.Equal(ErrorCodes.ClusterMissing, (await Assert.ThrowsAsync<UserErrorException>(project.StartAsync)).Errors[0].Code);
        File.Delete(project.Pointer);

        await project.StartAsync();
    }

    [Fact]
    public async Task A_moved_checkout_keeps_its_cluster_and_a_copy_gets_its_own()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();
        var copy = project.Folder + "-copy";
        Directory.CreateDirectory(Path.Combine(copy, ".tributary"));
        File.Copy(project.Pointer, ClusterPointer.PathIn(copy));

        Assert.Equal(ClusterName.Of(copy), project.Of(copy).Status().Name);

        Directory.Delete(copy, recursive: true);
        Directory.Move(project.Folder, copy);
        Assert.Equal(address.ConnectionString, (await project.Of(copy).StartAsync(Cancel)).ConnectionString);
    }

    private static bool HasBegun(ClusterFolder folder) =>
        Directory.Exists(folder.Root) && Directory.EnumerateDirectories(folder.Root, "building-*").Any(building => Directory.Exists(Path.Combine(building, "data", "base")));

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <summary>Answers every call by hanging up, as a program does that speaks another protocol.</summary>
    private static async Task RefuseAsync(TcpListener listener)
    {
        try
        {
            while (true) (await listener.AcceptTcpClientAsync(CancellationToken.None)).Dispose();
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is done with it.
        }
    }
}
