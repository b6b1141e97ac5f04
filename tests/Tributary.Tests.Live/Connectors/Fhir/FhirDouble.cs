using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>A FHIR server on loopback whose every behaviour can be chosen: what npm's FHIR router lacks, and all that goes wrong.</summary>
internal sealed class FhirDouble : IDisposable
{
    private readonly HttpListener listener;
    private readonly Task serving;
    private readonly FhirAnswers answers;
    private readonly List<string> requests = [];
    private readonly List<string> authorizations = [];

    public FhirDouble()
    {
        (listener, Base) = Listen();
        answers = new FhirAnswers(Store, Manners, Base);
        serving = Task.Run(ServeAsync);
    }

    public string Base { get; }

    public FhirStore Store { get; } = new();

    public FhirManners Manners { get; } = new();

    /// <summary>Called before each answer with its number and address; null: nothing goes wrong.</summary>
    public Func<int, string, FhirFault?> Fault { get; set; } = static (_, _) => null;

    /// <summary>Tokens that are accepted; null: none is asked for.</summary>
    public HashSet<string>? Tokens { get; set; }

    /// <summary>Answers a request for a token by its form and its Authorization header.</summary>
    public Func<string, string?, (int Status, string Body)> GiveToken { get; set; } = static (_, _) => (400, "{\"error\":\"unsupported_grant_type\"}");

    /// <summary>Every request so far as method, path and query.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests) return [.. requests];
        }
    }

    public IReadOnlyList<string> Authorizations
    {
        get
        {
            lock (requests) return [.. authorizations];
        }
    }

    public int MostAtOnce { get; private set; }

    private int atOnce;

    public void Dispose()
    {
        listener.Stop();
        serving.GetAwaiter().GetResult();
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            lock (requests) MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
            await SendAsync(context, await ReplyAsync(context.Request));
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException or SocketException)
        {
            // The reader went away.
        }
        finally
        {
            lock (requests) atOnce--;
        }
    }

    private async Task<FhirReply> ReplyAsync(HttpListenerRequest request)
    {
        var address = request.Url!.PathAndQuery; // a request has an address
        var authorization = request.Headers["Authorization"];
        int number;
        lock (requests)
        {
            requests.Add($"{request.HttpMethod} {address}");
            authorizations.Add(authorization ?? "");
            number = requests.Count;
        }
        var fault = Fault(number, address);
        if (fault is { Status: not 200 } or { Body: not null }) return new FhirReply(fault.Status, fault.Body ?? FhirAnswers.Outcome("transient")) { Fault = fault };
        if (address.StartsWith("/token", StringComparison.Ordinal))
        {
            using var form = new StreamReader(request.InputStream);
            var (status, body) = GiveToken(await form.ReadToEndAsync(), authorization);
            return new FhirReply(status, body);
        }
        if (Tokens is { } tokens && !tokens.Contains(authorization ?? "") && !address.Contains("/.well-known/", StringComparison.Ordinal))
            return new FhirReply(401, FhirAnswers.Outcome("login"));
        return answers.Reply(request.HttpMethod, request.Url!, request.Headers["Prefer"]) with { Fault = fault };
    }

    private async Task SendAsync(HttpListenerContext context, FhirReply reply)
    {
        var response = context.Response;
        var body = Encoding.UTF8.GetBytes(reply.Body);
        response.StatusCode = reply.Status;
        response.ContentType = reply.Fault?.ContentType ?? reply.ContentType;
        response.Headers["Date"] = Manners.TellsDate ? (Store.Now + Manners.DateAhead).ToString("R", CultureInfo.InvariantCulture) : "unknown";
        if (reply.ContentLocation is not null) response.Headers["Content-Location"] = reply.ContentLocation;
        if (reply.Fault?.RetryAfter is { } after) response.Headers["Retry-After"] = after;
        if (reply.Fault?.Redirect is { } place) response.Headers["Location"] = place;
        response.ContentLength64 = body.Length;
        var part = reply.Fault?.CutAt is { } share ? (int)(body.Length * share) : reply.Fault?.IsStuck == true ? body.Length / 2 : body.Length;
        await response.OutputStream.WriteAsync(body.AsMemory(0, part));
        await response.OutputStream.FlushAsync();
        if (reply.Fault?.IsStuck == true) return; // and never a word more
        if (part < body.Length) response.Abort();
        else response.Close();
    }

    private static (HttpListener Listener, string Base) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return (listener, $"http://127.0.0.1:{port}/fhir");
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Another process took the port in between.
            }
        }
    }
}
