using System.Net.Sockets;
using Npgsql;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>Who answers at the cluster's port.</summary>
internal enum ClusterProbe
{
    /// <summary>Nobody listens.</summary>
    Silent,

    /// <summary>No answer yet: the cluster is starting, recovering or stopping, or the machine is slow.</summary>
    Busy,

    /// <summary>The cluster: it proved to know the password (SCRAM is mutual).</summary>
    Ready,

    /// <summary>Something that does not know the password.</summary>
    Stranger,
}

/// <summary>Asks by opening one session and closing it.</summary>
internal static class ClusterProbes
{
    private const int TimeoutSeconds = 10;

    public static async Task<ClusterProbe> AskAsync(NpgsqlConnectionStringBuilder address, CancellationToken cancel)
    {
        var single = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, Timeout = TimeoutSeconds };
        try
        {
            await using var connection = new NpgsqlConnection(single.ConnectionString);
            await connection.OpenAsync(cancel);
            return ClusterProbe.Ready;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState switch
            {
                PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => ClusterProbe.Busy,
                PostgresErrorCodes.TooManyConnections => ClusterProbe.Ready,
                _ => ClusterProbe.Stranger,
            };
        }
        catch (NpgsqlException unanswered)
        {
            return unanswered.InnerException switch
            {
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => ClusterProbe.Silent,
                SocketException or IOException or TimeoutException => ClusterProbe.Busy,
                _ => ClusterProbe.Stranger,
            };
        }
    }
}
