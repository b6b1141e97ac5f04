using Npgsql;
using Tributary.Core.Postgres.Clusters;

namespace Tributary.Core.Postgres;

/// <summary>
/// A project's own PostgreSQL, made from the machine's programs and started when it is first needed: never as root, on
/// loopback only, on a port that it keeps, its data in the user's state directory. It goes on running until it is stopped.
/// </summary>
public sealed class PrivateCluster
{
    private readonly string project;
    private readonly string stateDirectory;
    private readonly TimeProvider clock;

    private PrivateCluster(string project, string stateDirectory, TimeProvider clock)
    {
        this.project = project;
        this.stateDirectory = stateDirectory;
        this.clock = clock;
    }

    /// <summary>Touches nothing. <c>TRIBUTARY_STATE_DIRECTORY</c> and <c>XDG_STATE_HOME</c> are read from <paramref name="environment"/>, default the process's.</summary>
    public static PrivateCluster Of(string projectFolder, Func<string, string?>? environment = null, TimeProvider? clock = null) =>
        new(projectFolder, StateDirectory.Locate(environment ?? Environment.GetEnvironmentVariable), clock ?? TimeProvider.System);

    /// <summary>Where the project's generated privacy key is kept (mode 0600); the folder is made when it is missing, the key is not.</summary>
    public static string PrivacyKeyPath(string projectFolder)
    {
        var folder = Of(projectFolder).Seat().Folder;
        folder.Create();
        return folder.PrivacyKeyFile;
    }

    /// <summary>
    /// The address for the role that models run as: it owns the database and is no superuser. Makes and starts the cluster
    /// when needed; when it answers already, this is one session opened and closed. TRB0202, TRB0206 to TRB0210.
    /// </summary>
    /// <param name="port">The port to keep from now on; a running cluster is restarted for it.</param>
    public async Task<NpgsqlConnectionStringBuilder> StartAsync(CancellationToken cancel, int? port = null)
    {
        var seat = Seat();
        if (port is null && seat.Record is { } known && await AddressAsync(seat.Folder, known.Port, cancel) is { } address
            && await ClusterProbes.AskAsync(address, cancel) == ClusterProbe.Ready)
        {
            await PointAsync(seat, known, cancel);
            return address;
        }
        seat.Folder.Create();
        using var held = await ClusterLock.TakeAsync(seat.Folder, clock, cancel);
        return await StartHeldAsync(Seat(), port, cancel);
    }

    /// <summary>The address for its superuser, for set-up alone; starts the cluster when needed.</summary>
    public async Task<NpgsqlConnectionStringBuilder> AdminAsync(CancellationToken cancel)
    {
        var address = await StartAsync(cancel);
        address.Username = ClusterBuilder.AdminRole;
        address.Password = (await File.ReadAllTextAsync(Seat().Folder.AdminPasswordFile, cancel)).Trim();
        return address;
    }

    /// <summary>False when it did not run.</summary>
    public async Task<bool> StopAsync(CancellationToken cancel)
    {
        var seat = Seat();
        if (!seat.Folder.HasData) return false;
        using var held = await ClusterLock.TakeAsync(seat.Folder, clock, cancel);
        return await new ClusterServer(seat.Folder, new NpgsqlConnectionStringBuilder(), clock).StopAsync(cancel);
    }

    /// <summary>Looks at files and processes only.</summary>
    public ClusterStatus Status()
    {
        var seat = Seat();
        var folder = seat.Folder;
        int? major = folder.HasData ? new ClusterServer(folder, new NpgsqlConnectionStringBuilder(), clock).Major : null;
        return new ClusterStatus(seat.Name, folder.HasData, Postmaster.Find(folder), seat.Record?.Port, folder.DataDirectory, folder.LogDirectory, major);
    }

    private ClusterSeat Seat() => ClusterSeat.Find(project, stateDirectory);

    private async Task<NpgsqlConnectionStringBuilder> StartHeldAsync(ClusterSeat seat, int? port, CancellationToken cancel)
    {
        var folder = seat.Folder;
        if (!folder.HasData)
        {
            if (seat.Record is not null) throw ClusterSeat.Missing(seat.Project, folder);
            await ClusterBuilder.BuildAsync(folder, await PostgresBinaries.FindAsync(cancel), cancel);
        }
        if (port is not null && port != seat.Record?.Port) await new ClusterServer(folder, new NpgsqlConnectionStringBuilder(), clock).StopAsync(cancel);
        var record = new ClusterRecord(seat.Name, seat.Project, port ?? seat.Record?.Port ?? ClusterPorts.Choose(folder));
        var address = await AddressAsync(folder, record.Port, cancel) ?? throw ClusterSeat.Missing(seat.Project, folder);
        await new ClusterServer(folder, address, clock).StartAsync(cancel);
        if (record != seat.Record) await record.WriteAsync(folder, cancel);
        await PointAsync(seat, record, cancel);
        return address;
    }

    /// <summary>The pointer is written last: what it names is complete.</summary>
    private static async Task PointAsync(ClusterSeat seat, ClusterRecord record, CancellationToken cancel)
    {
        var pointer = new ClusterPointer(record.Name, record.Port, seat.Folder.DataDirectory);
        if (seat.Pointer != pointer) await pointer.WriteAsync(seat.Project, cancel);
    }

    /// <summary>Null when the password is gone. The server must prove that it knows it, so that another program on the port learns nothing.</summary>
    private static async Task<NpgsqlConnectionStringBuilder?> AddressAsync(ClusterFolder folder, int port, CancellationToken cancel)
    {
        if (!File.Exists(folder.PasswordFile)) return null;
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = ClusterBuilder.Role,
            Username = ClusterBuilder.Role,
            Password = (await File.ReadAllTextAsync(folder.PasswordFile, cancel)).Trim(),
            RequireAuth = "ScramSHA256",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
    }
}
