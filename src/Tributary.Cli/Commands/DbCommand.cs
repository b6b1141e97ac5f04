using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;

namespace Tributary.Cli.Commands;

/// <summary><c>db start·stop·status·psql</c>: the private cluster by hand; <c>psql</c> for any warehouse.</summary>
internal static class DbCommand
{
    private static readonly Option<int?> Port = new("--port") { Description = "The port that the private cluster keeps from now on.", HelpName = "NUMBER" };

    private static readonly Argument<string[]> PsqlArguments = new("ARGUMENTS")
    {
        Description = "Passed on to psql; put `--` before them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        Port.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<int?>() is < 1024 or > 65_535) parsed.AddError("--port takes a number from 1024 to 65535.");
        });
        var db = new Command("db", "The private PostgreSQL of a project: start, stop, look, work in it.")
        {
            new Command("start", "Start the private cluster; make it when there is none.") { Port }.WithAction(StartAsync),
            new Command("stop", "Stop the private cluster; its data stay.").WithAction(StopAsync),
            new Command("status", "Show where the warehouse is and whether it runs.").WithAction(StatusAsync),
            new Command("psql", "Open psql in the warehouse: `tributary db psql -- -c 'select 1'`.") { PsqlArguments }.WithAction(PsqlAsync),
        };
        foreach (var command in BackupCommands.Create()) db.Add(command);
        return db;
    }

    /// <summary>psql keeps the terminal and answers its interrupts itself, however long that takes.</summary>
    public static bool IsPsql(ParseResult parsed) => parsed.CommandResult.Command.Name == "psql";

    private static async Task<int> StartAsync(Invocation invocation, CancellationToken cancel)
    {
        if (HasOwnWarehouse(invocation, out var cluster)) return 0;
        var address = await cluster.StartAsync(cancel, invocation.Get(Port));
        invocation.WriteLine($"PostgreSQL answers at {address.Host}:{address.Port}, database {address.Database}, role {address.Username}.");
        return 0;
    }

    private static async Task<int> StopAsync(Invocation invocation, CancellationToken cancel)
    {
        if (HasOwnWarehouse(invocation, out var cluster)) return 0;
        invocation.WriteLine(await cluster.StopAsync(cancel) ? "Stopped." : "It was not running.");
        return 0;
    }

    private static Task<int> StatusAsync(Invocation invocation, CancellationToken cancel)
    {
        if (Configured(invocation) is { } warehouse)
        {
            var named = new { Kind = "configured", warehouse.Host, warehouse.Port, warehouse.Database, warehouse.User };
            if (invocation.AsJson) invocation.WriteJson(named);
            else invocation.WriteLine($"The warehouse is the PostgreSQL at {named.Host}:{named.Port}, database {named.Database}, role {named.User}.");
            return Task.FromResult(0);
        }
        var status = PrivateCluster.Of(invocation.ProjectFolder).Status();
        if (invocation.AsJson) invocation.WriteJson(status);
        else invocation.WriteLine(Shown(status));
        return Task.FromResult(0);
    }

    private static async Task<int> PsqlAsync(Invocation invocation, CancellationToken cancel)
    {
        var address = await Warehouse.AddressAsync(invocation.ProjectFolder, Configured(invocation), cancel);
        var start = await PsqlProgram.CommandAsync(address, invocation.Get(PsqlArguments) ?? [], cancel);
        // An interrupt from the keyboard reaches psql too, and there it ends a query, not the session.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var psql = Process.Start(start) ?? throw new InvalidOperationException("psql did not start.");
        await psql.WaitForExitAsync(CancellationToken.None);
        return psql.ExitCode;
    }

    private static string Shown(ClusterStatus status) => $"""
        cluster     {status.Name}
        state       {(status.ProcessId is { } id ? $"running (process {id})" : status.IsMade ? "stopped" : "not made yet; the first run makes it")}
        port        {(status.Port is { } port ? $"127.0.0.1:{port}" : "-")}
        PostgreSQL  {status.PostgresMajor?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}
        data        {status.DataDirectory}
        log         {status.LogDirectory}
        """;

    private static WarehouseConfig? Configured(Invocation invocation) =>
        Warehouse.Target(new ProjectRequest(invocation.ProjectFolder, invocation.Environment, invocation.Kinds) { Target = invocation.Target }).Warehouse;

    /// <summary>Says so when the project names its own server, which is not ours to start or stop.</summary>
    private static bool HasOwnWarehouse(Invocation invocation, out PrivateCluster cluster)
    {
        cluster = PrivateCluster.Of(invocation.ProjectFolder);
        if (Configured(invocation) is not { } warehouse) return false;
        invocation.WriteLine($"The project works in the PostgreSQL at {warehouse.Host}:{warehouse.Port}; it has no private cluster.");
        return true;
    }
}
