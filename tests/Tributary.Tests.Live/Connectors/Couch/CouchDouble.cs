using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>
/// What a CouchDB 3 does and pouchdb-server does not, over real sockets: opaque sequences with null between, pending, purges, continuous
/// feeds with heartbeats, and every fault that <see cref="Fail"/> asks for.
/// </summary>
internal sealed class CouchDouble : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Fault> faults = [];
    private readonly ConcurrentDictionary<Task, bool> open = [];
    private readonly Task accepting;

    public CouchDouble()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public ConcurrentDictionary<string, CouchDatabase> Databases { get; } = [];

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public string Uuid { get; set; } = "the-first-server";

    /// <summary>Basic credentials as <c>name:password</c>; null: everybody may read.</summary>
    public string? Password { get; set; }

    /// <summary>Requests so far, by path and query.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed by the next request.</summary>
    public Task NextRequestAsync() => asked.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Sequences are plain numbers, nothing is left out between, nothing is pending.</summary>
    public bool IsPlain { get; set; }

    /// <summary>The feeds other than the plain one are answered with 400.</summary>
    public bool HasNoFeeds { get; set; }

    public CouchDatabase Create(string name) => Databases[name] = new CouchDatabase();

    /// <summary>The next requests for changes meet these, one each.</summary>
    public void Fail(params ReadOnlySpan<Fault> next)
    {
        foreach (var fault in next) faults.Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(open.Keys);
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                var serving = ServeAsync(client);
                open[serving] = true;
                _ = serving.ContinueWith(done => open.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await using var stream = client.GetStream();
                while (await CouchRequest.ReadAsync(stream, stop.Token) is { } request)
                {
                    Requests.Enqueue(request.Target);
                    Interlocked.Exchange(ref asked, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
                    await using var answer = new CouchAnswer(stream, stop.Token);
                    if (!await new CouchReply(this, request, answer, request.IsChanges && faults.TryDequeue(out var fault) ? fault : null).RunAsync(stop.Token)) return;
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or CutException)
            {
                // The client or the test went away, or a cut was asked for.
            }
        }
    }
}

/// <summary>A fault of one answer: a status instead of it, or what happens after so many bytes of it.</summary>
internal sealed record Fault(int Status = 0, int CutAfter = -1, int StallAfter = -1, int ErrorAfter = -1, string? Location = null, int? RetryAfter = null);

internal sealed class CutException : Exception;
