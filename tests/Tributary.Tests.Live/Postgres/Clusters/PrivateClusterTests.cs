using System.Net;
using System.Net.NetworkInformation;
using Npgsql;
using Tributary.Core.Postgres.Clusters;

namespace Tributary.Tests.Live.Postgres.Clusters;

public sealed class PrivateClusterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_and_start_keep_the_port_and_the_data()
    {
        await using var project = new TemporaryProject();
        var first = await project.StartAsync();
        await TemporaryProject.ExecuteAsync(first, "create schema kept; create table kept.a as select 7 as id");

        Assert.True(await project.Cluster.StopAsync(Cancel));
        Assert.False(await project.Cluster.StopAsync(Cancel));
        Assert.Null(project.Cluster.Status().ProcessId);
        var second = await project.StartAsync();

        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal(7, await TemporaryProject.ScalarAsync<int>(second, "select id from kept.a"));
        Assert.Equal(project.Postmaster, project.Cluster.Status().ProcessId);
    }

    [Fact]
    public async Task Models_run_as_a_role_that_owns_its_database_and_is_no_superuser()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();

        Assert.False(await TemporaryProject.ScalarAsync<bool>(address, "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls from pg_roles where rolname = current_user"));
        Assert.Equal("tributary", await TemporaryProject.ScalarAsync<string>(address, "select pg_get_userbyid(datdba)::text from pg_database where datname = current_database()"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => TemporaryProject.ExecuteAsync(address, "copy (select 1) to program 'true'"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Listens_on_loopback_only_and_never_as_root()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();

        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == address.Port).ToList();

        Assert.NotEmpty(listening);
        Assert.All(listening, end => Assert.True(IPAddress.IsLoopback(end.Address)));
        var owner = File.ReadLines($"/proc/{project.Postmaster}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("\t0\t", owner + "\t");
    }

    [Fact]
    public async Task Commits_are_durable_and_damage_is_noticed()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();

        Assert.Equal("on|on|on|on|off", await TemporaryProject.ScalarAsync<string>(address,
            "select concat_ws('|', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'), current_setting('data_checksums'), current_setting('jit'))"));
        Assert.Equal("UTF8", await TemporaryProject.ScalarAsync<string>(address, "show server_encoding"));
        Assert.Equal("scram-sha-256", await TemporaryProject.ScalarAsync<string>(address, "show password_encryption"));
    }

    [Fact]
    public async Task Secrets_are_readable_by_their_user_alone()
    {
        await using var project = new TemporaryProject();
        await project.StartAsync();
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        Assert.Equal(owner, new FileInfo(project.Files.PasswordFile).UnixFileMode);
        Assert.Equal(owner, new FileInfo(project.Files.AdminPasswordFile).UnixFileMode);
        Assert.Equal(owner | UnixFileMode.UserExecute, new FileInfo(project.Files.DataDirectory).UnixFileMode);
        Assert.Equal(owner | UnixFileMode.UserExecute, new FileInfo(project.Files.SocketDirectory).UnixFileMode);
        var password = (await File.ReadAllTextAsync(project.Files.PasswordFile, Cancel)).Trim();
        Assert.DoesNotContain(password, await File.ReadAllTextAsync(project.Pointer, Cancel), StringComparison.Ordinal);
        Assert.False(Directory.EnumerateFiles(project.Files.Root, "password", SearchOption.AllDirectories).Skip(1).Any());
    }

    [Fact]
    public async Task The_server_log_holds_no_value_and_no_statement()
    {
        await using var project = new TemporaryProject();
        var address = await project.StartAsync();
        await TemporaryProject.ExecuteAsync(address, "create schema s; create table s.t (id text primary key); insert into s.t values ('jane-doe-4711')");

        foreach (var wrong in new[] { "insert into s.t values ('jane-doe-4711')", "select 'jane-doe-4711'::int", "do $$ begin raise exception 'jane-doe-4711'; end $$" })
            await Assert.ThrowsAsync<PostgresException>(() => TemporaryProject.ExecuteAsync(address, wrong));
        await project.Cluster.StopAsync(Cancel);

        var log = string.Concat(Directory.EnumerateFiles(project.Files.LogDirectory).Select(File.ReadAllText));
        Assert.Contains("starting PostgreSQL", log, StringComparison.Ordinal);
        Assert.DoesNotContain("jane-doe-4711", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_cluster_is_found_without_starting_anything()
    {
        await using var project = new TemporaryProject();
        var first = await project.StartAsync();
        File.Delete(project.Pointer);
        // Whoever starts, stops or builds needs the lock: with it taken, only the quick way is left.
        using var held = await ClusterLock.TakeAsync(project.Files, TimeProvider.System, Cancel);

        var second = await project.StartAsync();

        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.True(File.Exists(project.Pointer));
    }

    [Fact]
    public async Task The_server_does_not_hold_the_environment_of_who_started_it()
    {
        Environment.SetEnvironmentVariable("SAMPLE_SECRET", "not for a server");
        await using var project = new TemporaryProject();
        await project.StartAsync();

        Assert.DoesNotContain("SAMPLE_SECRET", await File.ReadAllTextAsync($"/proc/{project.Postmaster}/environ", Cancel), StringComparison.Ordinal);
    }
}
