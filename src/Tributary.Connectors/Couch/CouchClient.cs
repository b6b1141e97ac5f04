using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tributary.Connectors.Http;

namespace Tributary.Connectors.Couch;

/// <summary>One CouchDB server, and no other: redirects are refused, so that a password never goes elsewhere.</summary>
internal sealed class CouchClient : IDisposable
{
    private const long MaxAnswerBytes = 64 << 20;

    private readonly CouchDb source;
    private readonly HttpClient http;
    private readonly CouchLogin login;

    public CouchClient(CouchDb source)
    {
        this.source = source;
        login = new CouchLogin(source);
        http = new HttpClient(Handler(source)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>A path of the server, its parts joined and encoded; the answer's head was read, its body is the caller's.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string what, CancellationToken cancel, object? body = null)
    {
        var response = await SignedAsync(path, body, cancel);
        if (response.StatusCode == HttpStatusCode.Unauthorized && login.CanRenew)
        {
            response.Dispose();
            login.Forget();
            response = await SignedAsync(path, body, cancel);
        }
        if (response.IsSuccessStatusCode) return response;
        using (response) throw CouchFailure.Of(response, what, source);
    }

    /// <summary>A small JSON answer; null when the path is not there.</summary>
    public async Task<JsonElement?> FindAsync(string path, string what, CancellationToken cancel, object? body = null)
    {
        try
        {
            using var response = await SignedAsync(path, body, cancel);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(source.Timeout);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented) return null;
            if (!response.IsSuccessStatusCode) throw CouchFailure.Of(response, what, source);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, limit.Token);
            return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw CouchFailure.Silent(source);
        }
        catch (JsonException)
        {
            throw CouchFailure.Refuse(source, $"{source.Host} answers the request for {what} with something that is no JSON.", "Is there a CouchDB at `url:`?");
        }
        catch (Exception error) when (CouchFailure.Of(error, source) is { } explained)
        {
            throw explained;
        }
    }

    public void Dispose() => http.Dispose();

    // Where the server says when it will answer, it is asked again then; else the caller knows better what is worth asking again.
    private async Task<HttpResponseMessage> SignedAsync(string path, object? body, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await OnceAsync(path, body, cancel);
            if (attempt == RetryWait.Tries || !RetryWait.MayPass((int)response.StatusCode) || RetryWait.Asked(response) is not { } asked || asked > RetryWait.Longest) return response;
            response.Dispose();
            await RetryWait.WaitAsync(attempt, asked, source.Clock, cancel);
        }
    }

    private async Task<HttpResponseMessage> OnceAsync(string path, object? body, CancellationToken cancel)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(source.Timeout);
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(source.Server, path));
            if (body is not null)
                request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            await login.SignAsync(request, signing => http.SendAsync(signing, limit.Token));
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw CouchFailure.Silent(source);
        }
        catch (Exception error) when (CouchFailure.Of(error, source) is { } explained)
        {
            throw explained;
        }
    }

    private static SocketsHttpHandler Handler(CouchDb source)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) };
        if (source.CaPath is not { } path) return handler;
        if (!File.Exists(path)) throw CouchFailure.Refuse(source, $"The certificate file '{source.CaFile}' is not there.", "Correct `ca_file:`, which is relative to the project.");
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(path);
        return handler;
    }
}
