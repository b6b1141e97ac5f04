using System.Globalization;
using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>Starts and stops the server of a complete cluster. Its caller holds the cluster's lock.</summary>
internal sealed class ClusterServer(ClusterFolder folder, NpgsqlConnectionStringBuilder address, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>After a kill the shared memory of the killed server is in use for some seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A child that computes notices late that its server died.</summary>
    private static readonly TimeSpan PatienceWithChildren = TimeSpan.FromSeconds(60);

    /// <summary>Recovery after a crash may replay much log; pg_ctl and this class wait equally long.</summary>
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(10);

    /// <summary>The major version that wrote the data.</summary>
    public int Major => int.Parse(File.ReadAllText(Path.Combine(folder.DataDirectory, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture);

    /// <summary>Returns when the server answers; TRB0207 to TRB0210 when it cannot.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        var binaries = await BinariesAsync(cancel);
        await PrivateFile.WriteAsync(folder.SettingsFile, ServerSettings.Text(folder, address.Port, ServerSettings.Memory), PrivateFile.Readable, cancel);
        var pause = FirstPause;
        for (var since = clock.GetTimestamp(); !await IsUpAsync(cancel);)
        {
            if (await TryStartAsync(binaries, cancel) is not { } failure) continue;
            var children = Postmaster.Remaining(folder).Count;
            if (failure.IsLasting && children == 0 || clock.GetElapsedTime(since) > (children == 0 ? Patience : PatienceWithChildren)) throw failure.Error;
            await Task.Delay(pause, clock, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Ends sessions and stops; at once, without a checkpoint, when that takes long. False when it did not run.</summary>
    public async Task<bool> StopAsync(CancellationToken cancel)
    {
        if (Postmaster.Find(folder) is null) return false;
        var binaries = await BinariesAsync(cancel);
        ServerCommand.Result result = default;
        foreach (var mode in new[] { "fast", "immediate" })
        {
            result = await ControlAsync(binaries, ["-D", folder.DataDirectory, "-m", mode, "-w", "-t", "60", "-s", "stop"], cancel);
            if (Postmaster.Find(folder) is null) return true;
        }
        throw StartFailure.Explain(folder, "Stopping the private cluster", result.Output);
    }

    /// <summary>True when it answers. Waits while its process is there and does not answer yet.</summary>
    private async Task<bool> IsUpAsync(CancellationToken cancel)
    {
        for (var since = clock.GetTimestamp(); Postmaster.Find(folder) is { } id;)
        {
            var answer = await ClusterProbes.AskAsync(address, cancel);
            if (answer == ClusterProbe.Ready) return true;
            if (answer == ClusterProbe.Stranger)
                throw new UserErrorException(ErrorCodes.ClusterFailed, null, $"The private cluster runs (process {id}) and does not take the password in {folder.PasswordFile}.",
                    $"Restore that file from a backup, or set the password anew as {ClusterBuilder.AdminRole}.");
            if (clock.GetElapsedTime(since) > LongestRecovery)
                throw new TransientException($"The private cluster (process {id}) has not answered for {LongestRecovery.TotalMinutes:0} minutes; its log is in {folder.LogDirectory}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancel);
        }
        return false;
    }

    private readonly record struct Failure(UserErrorException Error, bool IsLasting);

    /// <summary>Null when it started.</summary>
    private async Task<Failure?> TryStartAsync(PostgresBinaries binaries, CancellationToken cancel)
    {
        if (!ClusterPorts.IsFree(address.Port)) return new Failure(StartFailure.PortTaken(address.Port), IsLasting: true);
        Postmaster.ForgetStale(folder);
        var log = ServerLog.Mark(folder);
        var seconds = LongestRecovery.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var result = await ControlAsync(binaries, ["-D", folder.DataDirectory, "-l", folder.StartLog, "-w", "-t", seconds, "-s", "start"], cancel);
        if (result.Status == 0) return null;
        var said = $"{result.Output}\n{log.Since()}";
        return new Failure(StartFailure.Explain(folder, "Starting the private cluster", said), StartFailure.IsLasting(said));
    }

    private static Task<ServerCommand.Result> ControlAsync(PostgresBinaries binaries, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        ServerCommand.RunAsync(ServerCommand.SystemUser, binaries["pg_ctl"], arguments, cancel);

    private async Task<PostgresBinaries> BinariesAsync(CancellationToken cancel)
    {
        var written = Major;
        var binaries = await PostgresBinaries.FindAsync(cancel, written);
        return binaries.Major == written
            ? binaries
            : throw StartFailure.OtherVersion(folder, written, $"this machine has {binaries.Major} ({binaries.Folder})");
    }
}
