namespace Tributary.Core.Postgres.Clusters;

/// <summary>
/// The folder of one private cluster in the state directory. The folder itself, with the passwords, belongs to the user who
/// runs Tributary; what the server writes belongs to the user whom the server runs as.
/// </summary>
internal sealed record ClusterFolder(string Root)
{
    /// <summary>Longest path of a Unix socket that every system takes (sockaddr_un holds 104 bytes on some, 108 on Linux).</summary>
    private const int MostSocketPath = 100;

    /// <summary>PostgreSQL's data directory. It appears by one rename, complete.</summary>
    public string DataDirectory => Path.Combine(Root, "data");

    public string LogDirectory => Path.Combine(Root, "log");

    public string SocketDirectory => Path.Combine(Root, "socket");

    /// <summary>What the server says before its own log begins.</summary>
    public string StartLog => Path.Combine(LogDirectory, "start.log");

    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>Name, project and port; written when the cluster is complete.</summary>
    public string RecordFile => Path.Combine(Root, "cluster.json");

    public string SettingsFile => Path.Combine(Root, "server.conf");

    public string PasswordFile => Path.Combine(Root, "password");

    public string AdminPasswordFile => Path.Combine(Root, "admin_password");

    public string PrivacyKeyFile => Path.Combine(Root, "privacy.key");

    public bool HasData => File.Exists(Path.Combine(DataDirectory, "PG_VERSION"));

    /// <summary>False when the folder lies so deep that the system would refuse the socket; then there is TCP alone.</summary>
    public bool HasRoomForSocket => SocketDirectory.Length + "/.s.PGSQL.65535.lock".Length <= MostSocketPath;

    /// <summary>
    /// Makes the folder when it is missing. For root, others may pass through it (0711), because the server's user must reach
    /// its data; otherwise it is private.
    /// </summary>
    public void Create()
    {
        var isRoot = ServerCommand.SystemUser is not null;
        var state = Path.GetDirectoryName(Root)!; // a cluster's folder lies in the state directory
        if (!Directory.Exists(state))
        {
            Directory.CreateDirectory(state);
            PrivateFile.SetMode(state, isRoot ? UserAll | OthersPass : UserAll);
        }
        if (Directory.Exists(Root)) return;
        Directory.CreateDirectory(Root);
        PrivateFile.SetMode(Root, isRoot ? UserAll | OthersPass : UserAll);
    }

    private const UnixFileMode UserAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersPass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
