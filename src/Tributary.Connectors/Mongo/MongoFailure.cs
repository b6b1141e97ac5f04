using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>What a failed command means for its caller. A server's own words are left out: they repeat keys, which are values of the data.</summary>
internal static class MongoFailure
{
    private const uint ClientDomain = 1, StreamDomain = 2, ProtocolDomain = 3, SelectionDomain = 15;
    private const uint AuthenticationFailed = 11;

    public const long NamespaceExists = 48, DuplicateKey = 11000, TooLarge = 10334, TooLargeAfter = 17419, IndexOptionsConflict = 85, IndexKeysConflict = 86;

    /// <summary>Answers that say that the server is on its way down, up or elsewhere (MongoDB's "retryable writes" and "state change" errors).</summary>
    private static readonly HashSet<long> Passing = [6, 7, 50, 64, 89, 91, 112, 134, 189, 262, 317, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436];

    public static Exception Of(string what, string place, uint domain, uint code, Bson answer)
    {
        var said = $"{place} could not {what}";
        if (domain == ClientDomain && code == AuthenticationFailed) return new MongoRefusedException($"{place} refused the login", 18);
        if (domain is ClientDomain or StreamDomain or ProtocolDomain or SelectionDomain) return new TransientException($"{said}: it cannot be reached, or the connection was lost ({domain}/{code}).");
        var number = answer.Has("code") ? answer.Number("code") : code;
        return OfCode(what, place, number, answer.Text("codeName"));
    }

    public static Exception OfCode(string what, string place, long code, string? name = null)
    {
        var said = $"{place} answered {code}{(name is null ? "" : " " + name)} when it was asked to {what}";
        return Passing.Contains(code) ? new TransientException(said + ".") : new MongoRefusedException(said, code);
    }
}

/// <summary>The server will not do it, now or later.</summary>
internal sealed class MongoRefusedException(string message, long code) : IOException(message)
{
    public long Code { get; } = code;
}
