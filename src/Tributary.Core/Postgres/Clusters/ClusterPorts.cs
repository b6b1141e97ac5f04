using System.Net;
using System.Net.Sockets;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>Ports of private clusters: below the range that the system gives to outgoing connections, so that a port can be kept.</summary>
internal static class ClusterPorts
{
    private const int First = 24_400;
    private const int Count = 2_000;

    /// <summary>A free port that no other cluster of this state directory keeps; where the search begins is set by the name.</summary>
    public static int Choose(ClusterFolder folder)
    {
        var kept = KeptByOthers(folder);
        var start = (int)((uint)StableHash(Path.GetFileName(folder.Root)) % Count);
        for (var step = 0; step < Count; step++)
        {
            var port = First + ((start + step) % Count);
            if (!kept.Contains(port) && IsFree(port)) return port;
        }
        throw new Text.TransientException($"No port from {First} to {First + Count - 1} is free.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static HashSet<int> KeptByOthers(ClusterFolder folder)
    {
        var state = Path.GetDirectoryName(folder.Root)!; // a cluster's folder lies in the state directory
        return [.. Directory.EnumerateDirectories(state).Where(other => other != folder.Root).Select(PortOf)];
    }

    private static int PortOf(string root)
    {
        try
        {
            return ClusterRecord.Read(new ClusterFolder(root))?.Port ?? 0;
        }
        catch (Text.UserErrorException)
        {
            return 0; // another user's, or damaged: its port is not known
        }
    }

    private static int StableHash(string name) => name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
