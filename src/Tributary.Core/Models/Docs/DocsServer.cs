using System.Globalization;
using System.Net;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Docs;

/// <summary>Serves the files of one folder over HTTP, to read and nothing else.</summary>
public sealed class DocsServer : IDisposable
{
    private readonly HttpListener listener;
    private readonly string folder;

    private DocsServer(HttpListener listener, string folder, string address)
    {
        this.listener = listener;
        this.folder = folder;
        Address = address;
    }

    public string Address { get; }

    /// <summary>Listens; throws when the port is taken.</summary>
    public static DocsServer Start(string folder, string host, int port)
    {
        var shown = string.Create(CultureInfo.InvariantCulture, $"http://{(host is "0.0.0.0" or "" ? "localhost" : host)}:{port}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://{(host is "0.0.0.0" or "" ? "*" : host)}:{port}/"));
        try
        {
            listener.Start();
        }
        catch (HttpListenerException refused)
        {
            throw new UserErrorException(ErrorCodes.PortTaken, null, $"{shown} cannot be listened on: {refused.Message}.", "Name another port: --port 8081");
        }
        return new DocsServer(listener, Path.GetFullPath(folder), shown);
    }

    /// <summary>Answers until it is interrupted.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var stop = cancel.Register(listener.Stop);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var call = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(call), CancellationToken.None);
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose() => listener.Close();

    private async Task AnswerAsync(HttpListenerContext call)
    {
        using var response = call.Response;
        try
        {
            if (call.Request.HttpMethod is not ("GET" or "HEAD")) response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            else if (Find(call.Request.Url?.AbsolutePath ?? "/") is not { } path) response.StatusCode = (int)HttpStatusCode.NotFound;
            else
            {
                response.ContentType = TypeOf(path);
                await using var file = File.OpenRead(path);
                response.ContentLength64 = file.Length;
                if (call.Request.HttpMethod == "GET") await file.CopyToAsync(response.OutputStream);
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException)
        {
            // The reader went away.
        }
    }

    /// <summary>A file of the folder; null for anything else, above it too.</summary>
    private string? Find(string path)
    {
        var asked = Uri.UnescapeDataString(path).TrimStart('/');
        if (asked.Contains('\0')) return null; // no name of a file
        var full = Path.GetFullPath(Path.Combine(folder, asked.Length == 0 ? DocsPage.Name : asked));
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(full) ? full : null;
    }

    private static string TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".sql" or ".yml" or ".csv" or ".md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
