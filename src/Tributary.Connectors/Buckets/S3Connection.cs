using System.Net;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors.Buckets;

/// <summary>
/// How to reach S3, or a server that speaks it. Its keys stand among those of the source or destination that uses it
/// (<c>[Inline]</c>). Without keys of its own the usual chain of the AWS SDK finds them: environment, profile, container, machine.
/// </summary>
public sealed record S3Connection(
    SourcePosition At,
    [Description("The region; default: from AWS_REGION or the profile, and us-east-1 at an endpoint of your own.")] string? Region = null,
    [Description("The address of a server that is not Amazon's, such as https://s3.example.org.")] string? Endpoint = null,
    [Description("Put the bucket into the path and not into the host's name; default: true at an endpoint of your own.")] bool? PathStyle = null,
    [Description("Checksums of the newer kind: when_supported always adds and checks them, when_required only where the call demands it, which older servers need. Default: when_required at an endpoint of your own.")]
    S3Checksums? Checksums = null,
    [Description("The access key, as ${NAME}; default: the usual chain (environment, profile, container, machine).")] Secret? AccessKey = null,
    [Description("The secret key, as ${NAME}.")] Secret? SecretKey = null,
    [Description("The token that belongs to temporary keys, as ${NAME}.")] Secret? SessionToken = null,
    [Description("The ARN of a role to assume with these keys.")] string? AssumeRole = null,
    [Description("The external id that the role asks for, as ${NAME}.")] Secret? ExternalId = null,
    [Description("Allow an endpoint with http:// on another machine: everybody on the way can read what passes.")] bool AllowHttp = false) : IValidated
{
    /// <summary>What the record around it calls from its own check: an inlined record is not asked by itself.</summary>
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (AccessKey is null != SecretKey is null) check.Refuse(AccessKey is null ? "secret_key" : "access_key", "access_key and secret_key belong together");
        if (SessionToken is not null && AccessKey is null) check.Refuse("session_token", "a session token needs access_key and secret_key");
        if (ExternalId is not null && AssumeRole is null) check.Refuse("external_id", "an external id is for a role that is assumed", "Name it with assume_role.");
        if (Own is not null && FindWrong(Own) is { } wrong) check.Refuse("endpoint", wrong, "Write https://host or https://host:port.");
    }

    /// <summary>The endpoint; null where none is given, as by a variable that is empty.</summary>
    internal string? Own => Endpoint is { Length: > 0 } ? Endpoint : null;

    /// <summary>The server's host, for messages.</summary>
    internal string Host => Own is null ? "S3" : new Uri(Own).Authority;

    private string? FindWrong(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return "no address of a server";
        if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.UserInfo.Length > 0) return "the address holds more than a server and its port";
        return uri.Scheme == "https" || IsLoopback(uri) || AllowHttp ? null : "http:// would send everything in the open; `allow_http: true` says that this is meant";
    }

    private static bool IsLoopback(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

/// <summary>When requests carry checksums of the newer kind, and answers are checked by them.</summary>
public enum S3Checksums
{
    WhenSupported,
    WhenRequired,
}
