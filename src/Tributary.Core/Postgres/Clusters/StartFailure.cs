using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>What PostgreSQL's programs said when a cluster could not be made or started, as a message that says what to do.</summary>
internal static class StartFailure
{
    private static readonly string[] Damage =
    [
        "could not locate a valid checkpoint record", "invalid primary checkpoint record", "could not locate required checkpoint record", "incorrect checksum in control file",
        "could not open file \"global/", "is not a valid data directory", "could not find the database system", "PANIC:",
    ];

    /// <summary>True when trying again cannot help.</summary>
    public static bool IsLasting(string output) => IsFull(output) || IsDamaged(output) || IsOtherVersion(output) || IsDenied(output);

    public static UserErrorException Explain(ClusterFolder folder, string doing, string output)
    {
        if (IsFull(output)) return Full(folder);
        if (IsDamaged(output)) return Damaged(folder, output);
        if (IsDenied(output)) return Denied(folder);
        return new UserErrorException(ErrorCodes.ClusterFailed, null, $"{doing} failed: {LastFatal(output)}", $"Look into {folder.LogDirectory}.");
    }

    /// <summary>TRB0207.</summary>
    public static UserErrorException PortTaken(int port) => new(
        ErrorCodes.PortTaken, null, $"The private cluster's port {port} is taken by another program.",
        $"See which one with `ss -ltnp sport = :{port}` and stop it, or give the cluster another port: `tributary db start --port NUMBER`.");

    /// <summary>TRB0208.</summary>
    public static UserErrorException OtherVersion(ClusterFolder folder, int written, string found) => new(
        ErrorCodes.ClusterVersion, null, $"The private cluster in {folder.DataDirectory} was made by PostgreSQL {written}, and {found}.",
        $"Install version {written} beside it (Debian: `apt-get install postgresql-{written}`), or move the data with pg_upgrade.");

    private static UserErrorException Full(ClusterFolder folder) => new(
        ErrorCodes.DiskFull, null, $"The disk that holds {folder.Root} is full.",
        $"Make room, then try again; what was committed is safe. {StateDirectory.Variable} puts new clusters elsewhere.");

    private static UserErrorException Damaged(ClusterFolder folder, string output) => new(
        ErrorCodes.ClusterMissing, null, $"The private cluster's data in {folder.DataDirectory} are damaged: {LastFatal(output)}",
        $"Restore {folder.Root} from a backup.");

    private static UserErrorException Denied(ClusterFolder folder) => new(
        ErrorCodes.ClusterFailed, null, $"The system user {ServerCommand.SystemUser ?? Environment.UserName} may not enter {folder.Root}.",
        $"Every folder on the way must let it pass (`chmod o+x`), or set {StateDirectory.Variable} to a folder that does.");

    private static bool IsFull(string output) => output.Contains("No space left on device", StringComparison.Ordinal);

    private static bool IsDamaged(string output) => Array.Exists(Damage, sign => output.Contains(sign, StringComparison.Ordinal));

    private static bool IsOtherVersion(string output) => output.Contains("database files are incompatible with server", StringComparison.Ordinal);

    private static bool IsDenied(string output) => output.Contains("Permission denied", StringComparison.Ordinal);

    /// <summary>The last line that says why; server logs of a start hold no data.</summary>
    private static string LastFatal(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => line.Contains("error:", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault() ?? "it said nothing";
        var at = telling.IndexOf("FATAL:", StringComparison.Ordinal);
        return at < 0 ? telling : telling[at..];
    }
}
