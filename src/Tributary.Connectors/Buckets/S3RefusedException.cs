using System.Net;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>S3 refuses, and will refuse again: keys, rights, names. An <see cref="IOException"/>, as the seams ask for; holds no key of anybody.</summary>
internal sealed class S3RefusedException(string found, string hint, HttpStatusCode? status = null, Exception? cause = null)
    : IOException($"{found}. {hint}", cause)
{
    /// <summary>The answer's status; null when no server was asked.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The same as a problem of the project, for sources.</summary>
    public UserErrorException ToUserError(string code, SourcePosition at) => new(code, at, found + ".", hint);
}
