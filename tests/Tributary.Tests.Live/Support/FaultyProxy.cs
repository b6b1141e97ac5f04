using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tributary.Tests.Live.Support;

/// <summary>
/// Stands before a real HTTP server, passes everything on unchanged, and does to some requests what servers and networks do: refuse, cut off,
/// damage. Signatures stay valid, because the host's name is passed on too.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly Uri server;
    private readonly Func<HttpListenerRequest, Fault?> choose;
    private readonly Task serving;

    private FaultyProxy(Uri server, Func<HttpListenerRequest, Fault?> choose, int port)
    {
        this.server = server;
        this.choose = choose;
        Address = new Uri($"http://127.0.0.1:{port}");
        listener.Prefixes.Add($"{Address}");
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Asks <paramref name="choose"/> for each request; null passes it on.</summary>
    public static FaultyProxy Before(Uri server, Func<HttpListenerRequest, Fault?> choose)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new FaultyProxy(server, choose, port);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
        client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var exchange = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(exchange));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext exchange)
    {
        try
        {
            var fault = choose(exchange.Request);
            if (fault is Fault.Cut) exchange.Response.Abort();
            else if (fault is Fault.Refuse refuse) await RefuseAsync(exchange, refuse);
            else await PassAsync(exchange, fault);
        }
        catch (Exception error) when (error is HttpListenerException or HttpRequestException or IOException or ObjectDisposedException)
        {
            exchange.Response.Abort(); // either side has gone
        }
    }

    private static async Task RefuseAsync(HttpListenerContext exchange, Fault.Refuse refuse)
    {
        await exchange.Request.InputStream.CopyToAsync(Stream.Null);
        exchange.Response.StatusCode = refuse.Status;
        await exchange.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"<Error><Code>{refuse.Code}</Code><Message>said by the test</Message></Error>"));
        exchange.Response.Close();
    }

    private async Task PassAsync(HttpListenerContext exchange, Fault? fault)
    {
        using var request = await ToServerAsync(exchange.Request, damages: fault is Fault.DamageRequest);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        exchange.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection" or "Content-Length" or "Keep-Alive")))
            exchange.Response.AddHeader(name, string.Join(",", values));
        var content = await answer.Content.ReadAsByteArrayAsync();
        if (fault is Fault.DamageAnswer && content.Length > 0) content[content.Length / 2] ^= 1;
        exchange.Response.ContentLength64 = exchange.Request.HttpMethod == "HEAD" ? answer.Content.Headers.ContentLength ?? 0 : content.Length;
        if (exchange.Request.HttpMethod != "HEAD") await exchange.Response.OutputStream.WriteAsync(content);
        exchange.Response.Close();
    }

    private async Task<HttpRequestMessage> ToServerAsync(HttpListenerRequest from, bool damages)
    {
        var to = new HttpRequestMessage(new HttpMethod(from.HttpMethod), new Uri(server, from.RawUrl)) { Content = new ByteArrayContent(await BodyAsync(from, damages)) };
        foreach (var name in from.Headers.AllKeys.OfType<string>().Where(name => name is not ("Content-Length" or "Connection" or "Expect" or "Transfer-Encoding")))
            if (!to.Headers.TryAddWithoutValidation(name, from.Headers[name])) to.Content.Headers.TryAddWithoutValidation(name, from.Headers[name]);
        return to;
    }

    private static async Task<byte[]> BodyAsync(HttpListenerRequest from, bool damages)
    {
        using var body = new MemoryStream();
        await from.InputStream.CopyToAsync(body);
        var bytes = body.ToArray();
        if (damages && bytes.Length > 0) bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }
}

/// <summary>What happens to a request.</summary>
internal abstract record Fault
{
    /// <summary>An answer of the proxy's own, with an error of S3.</summary>
    public sealed record Refuse(int Status, string Code) : Fault;

    /// <summary>The connection ends without an answer.</summary>
    public sealed record Cut : Fault;

    /// <summary>One bit of the request's body is turned.</summary>
    public sealed record DamageRequest : Fault;

    /// <summary>One bit of the answer's body is turned.</summary>
    public sealed record DamageAnswer : Fault;
}
