using System.Net;
using System.Security.Authentication;
using Tributary.Core.Text;

namespace Tributary.Connectors.Couch;

/// <summary>What a server's refusal means: wrong for good (TRB0401), or to be tried again. Bodies are not repeated: they may quote documents.</summary>
internal static class CouchFailure
{
    /// <summary><paramref name="what"/> was asked for: a database's name or a path of the server.</summary>
    public static Exception Of(HttpResponseMessage response, string what, CouchDb source)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Refuse(source, $"{source.Host} does not take the name and password of {source.Name} (401).", "Correct `user:` and the variable that `password:` names."),
            HttpStatusCode.Forbidden => Refuse(source, $"{source.Host} does not let {source.User ?? "anybody"} read {what} (403).", "Make the user a member or admin of the database."),
            HttpStatusCode.NotFound => Refuse(source, $"{source.Host} has no {what} (404).", "Correct the name under `streams:`, or create the database."),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new TransientException($"{source.Host} answered {status} when it was asked for {what}."),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Refuse(source, $"{source.Host} sends the request for {what} elsewhere ({status}), and redirects are not followed.", "Write the server's own address under `url:`."),
            _ => Refuse(source, $"{source.Host} refused to give {what} ({status}).", "Look into the server's log."),
        };
    }

    /// <summary>What was thrown on the way; null for what is no failure of the network.</summary>
    public static Exception? Of(Exception error, CouchDb source) => error switch
    {
        HttpRequestException { InnerException: AuthenticationException } => Refuse(source, $"The certificate of {source.Host} is not trusted.", "Name the authority's certificate with `ca_file:`."),
        HttpRequestException or IOException or TimeoutException => new TransientException($"{source.Host} cannot be reached or was cut off ({(error.InnerException ?? error).GetType().Name}).", error),
        _ => null,
    };

    public static TransientException Silent(CouchDb source) => new($"{source.Host} has been silent for too long.");

    public static TransientException Cut(CouchDb source, string what) => new($"{source.Host} ended its answer in the middle of {what}.");

    public static UserErrorException Refuse(CouchDb source, string message, string hint) => new(ErrorCodes.SourceUnreadable, source.At, message, hint);
}
