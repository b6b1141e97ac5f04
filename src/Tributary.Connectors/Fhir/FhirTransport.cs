using System.Net;
using System.Net.Http.Headers;
using Tributary.Connectors.Http;
using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Sends requests: so many at once, so many a second, to allowed hosts only. What passes by itself (the network, 429, 5xx) is tried again
/// for a while; then it is a <see cref="TransientException"/>, which the Runner tries again in turn.
/// </summary>
internal sealed class FhirTransport(FhirServer server)
{
    private const int Redirects = 5;

    private static readonly HttpClient Web = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly Slots slots = new(server.Parallel);
    private readonly RequestPace pace = new(server.RequestsPerSecond, server.Clock);

    public AllowedPlaces Places { get; } = new(server);

    /// <summary>The server's clock at its last answer.</summary>
    public DateTime? ServerTime { get; private set; }

    /// <summary>The answer, good or refused; never one that waiting may heal. The header goes to the server's own addresses.</summary>
    public async Task<FhirAnswer> SendAsync(FhirRequest request, AuthenticationHeaderValue? header, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            string trouble;
            try
            {
                var answer = await FollowAsync(request, header, cancel);
                if (!RetryWait.MayPass(answer.Status) || (attempt == RetryWait.Tries && request.IsJudgedByCaller)) return answer;
                (asked, trouble) = (answer.RetryAfter, $"answered {answer.Status}");
                answer.Dispose();
            }
            catch (Exception error) when (IsLost(error, cancel))
            {
                trouble = error is OperationCanceledException ? $"did not answer within {server.Timeout.TotalSeconds:0} seconds" : $"cannot be reached: {Reason(error)}";
            }
            if (attempt == RetryWait.Tries || asked > RetryWait.Longest) throw Unreachable(trouble);
            await WaitAsync(attempt, asked, cancel);
        }
    }

    /// <summary>Half a second, one, two … or what the server asked for.</summary>
    public Task WaitAsync(int attempt, TimeSpan? asked, CancellationToken cancel) => RetryWait.WaitAsync(attempt, asked, server.Clock, cancel);

    public TransientException Unreachable(string trouble) => new($"The FHIR server of the source {server.Name} {trouble}.");

    /// <summary>True for what a connection does when it breaks; an interrupt is none of it.</summary>
    public static bool IsLost(Exception error, CancellationToken cancel) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested);

    private static string Reason(Exception error) => error is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failed
        ? Identifier.Snake(failed.HttpRequestError.ToString()).Replace('_', ' ') : "the connection broke";

    private async Task<FhirAnswer> FollowAsync(FhirRequest request, AuthenticationHeaderValue? header, CancellationToken cancel)
    {
        for (var redirects = 0; ; redirects++)
        {
            var (answer, location) = await OnceAsync(request, header, cancel);
            if (location is null) return answer;
            answer.Dispose();
            if (redirects == Redirects || request.Method != HttpMethod.Get) throw server.Wrong("sends us from one address to the next");
            var next = Places.Allowed(location, "a redirect", request.Address);
            // A token that was meant for one host is not carried on to another.
            request = request with { Address = next, WithToken = next.Authority == request.Address.Authority ? request.WithToken : null };
        }
    }

    private async Task<(FhirAnswer Answer, string? Location)> OnceAsync(FhirRequest request, AuthenticationHeaderValue? header, CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        await slots.TakeAsync(cancel);
        try
        {
            using var message = Message(request, header);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(server.Timeout);
            var response = await Web.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var answer = new FhirAnswer(response, server, slots.Release);
            ServerTime = answer.Date ?? ServerTime;
            var isRedirect = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            return (answer, isRedirect ? response.Headers.Location?.OriginalString ?? "" : null);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    private HttpRequestMessage Message(FhirRequest request, AuthenticationHeaderValue? header)
    {
        var message = new HttpRequestMessage(request.Method, request.Address);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "Tributary");
        if (request.IsAsync) message.Headers.TryAddWithoutValidation("Prefer", "respond-async");
        if (request.Form is { } form) message.Content = new FormUrlEncodedContent(form);
        // A form goes to the token endpoint with a header of its own.
        if (request.Form is not null || (request.WithToken ?? Places.IsOurs(request.Address))) message.Headers.Authorization = header;
        return message;
    }
}
