using System.Net;
using Amazon.Runtime;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>What an exception of the S3 client means for its caller: try again, refused for good, or not there.</summary>
internal static class S3Failure
{
    /// <summary>Answers of 400 that say that bytes were lost or damaged on the way.</summary>
    private static readonly HashSet<string> Damaged = new(StringComparer.Ordinal)
    {
        "BadDigest", "IncompleteBody", "RequestTimeout", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch",
    };

    private static readonly HashSet<string> Full = new(StringComparer.Ordinal) { "QuotaExceeded", "InsufficientCapacity", "InsufficientStorage", "EntityTooLarge" };

    /// <summary>
    /// <see cref="TransientException"/>, <see cref="S3RefusedException"/>, <see cref="FileNotFoundException"/> (the key is missing), or the
    /// error itself when it is none of S3's. <paramref name="what"/> was tried, as in "list bucket 'x'".
    /// </summary>
    public static Exception From(Exception error, string what, S3Connection connection) => error switch
    {
        AmazonServiceException service => FromAnswer(service, what, connection),
        AmazonClientException client when client.InnerException is { } inner && inner is HttpRequestException or IOException or TimeoutException => Unreachable(client, what, connection),
        AmazonClientException client => new S3RefusedException(
            $"there are no keys to {what} at {connection.Host} ({client.GetType().Name})", "Write access_key and secret_key as ${NAME}, or give the process a profile or role.", null, client),
        HttpRequestException or IOException or TimeoutException => Unreachable(error, what, connection),
        OperationCanceledException => Unreachable(error, what, connection), // not our token's: the client's own limit of time
        _ => error,
    };

    private static Exception FromAnswer(AmazonServiceException error, string what, S3Connection connection)
    {
        var code = error.ErrorCode is { Length: > 0 } given ? given : error.StatusCode.ToString();
        var said = $"{connection.Host} answered {(int)error.StatusCode} {code} when it was asked to {what}";
        if (Full.Contains(code) || error.StatusCode == HttpStatusCode.InsufficientStorage) return Refuse(said, "There is no room left: free some or raise the quota.");
        if (error.StatusCode == 0 || error.StatusCode >= HttpStatusCode.InternalServerError || error.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            || Damaged.Contains(code) || IsOutOfStep(error) || code is "SlowDown" or "ConditionalRequestConflict") return new TransientException(said + ".", error);
        return error.StatusCode switch
        {
            HttpStatusCode.NotFound when code is "NoSuchBucket" => Refuse(said, "The bucket must exist and belong to this account; Tributary makes none."),
            HttpStatusCode.NotFound when code is "NoSuchUpload" => new TransientException($"{said}: somebody ended the upload.", error),
            HttpStatusCode.NotFound => new FileNotFoundException(said + ".", error),
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => Refuse(said, HintOf(code)),
            HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect => Refuse(said, "The bucket lies in another region or at another endpoint: correct `region:` or `endpoint:`."),
            _ => Refuse(said, code == "AuthorizationHeaderMalformed" ? "Correct `region:`." : "Look at the bucket's settings and at what the connection says."),
        };

        S3RefusedException Refuse(string found, string hint) => new(found, hint, error.StatusCode, error);
    }

    /// <summary>
    /// A 400 without a code of S3's: a server that refused a request before it had read its body takes the rest of that body for the next
    /// request on the same connection.
    /// </summary>
    private static bool IsOutOfStep(AmazonServiceException error) => error.StatusCode == HttpStatusCode.BadRequest && error.ErrorCode is null or "" or "BadRequest";

    private static string HintOf(string code) => code switch
    {
        "InvalidAccessKeyId" => "The server does not know this access key.",
        "SignatureDoesNotMatch" => "The secret key does not belong to the access key.",
        "ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" => "The temporary keys have ended or are wrong: get new ones.",
        "RequestTimeTooSkewed" => "The clocks of this machine and of the server differ: set this one.",
        "KMS.AccessDeniedException" or "KMS.DisabledException" or "KMS.NotFoundException" => "The key of the encryption cannot be used by these keys.",
        _ => "The policy of these keys or of the bucket does not allow it; `tributary check --live` looks for all that is missing.",
    };

    private static TransientException Unreachable(Exception error, string what, S3Connection connection) =>
        new($"{connection.Host} cannot be reached, or was cut off, when it was asked to {what} ({(error.InnerException ?? error).GetType().Name}).", error);
}
