using System.Net;
using System.Net.Sockets;

namespace Tributary.Tests.Live.Support;

/// <summary>
/// Stands before a server and passes bytes on. <see cref="Watch"/> is told the number of the connection (from 1) and the bytes that its client
/// has sent, before each piece, and says whether the connection lives on.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int server;
    private readonly Task serving;
    private int connections;

    public TcpProxy(int server)
    {
        this.server = server;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Func<int, long, Task<bool>> Watch { get; set; } = static (_, _) => Task.FromResult(true);

    /// <summary>What clients sent, by connection.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<int, long> Sent { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true) passing.Add(PassAsync(await listener.AcceptTcpClientAsync(stop.Token), ++connections));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient client, int number)
    {
        using var ours = client;
        using var theirs = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        try
        {
            await theirs.ConnectAsync(IPAddress.Loopback, server, end.Token);
            var back = theirs.GetStream().CopyToAsync(ours.GetStream(), end.Token);
            var buffer = new byte[32 * 1024];
            while (await ours.GetStream().ReadAsync(buffer, end.Token) is > 0 and var read)
            {
                var total = Sent.AddOrUpdate(number, read, (_, before) => before + read);
                if (!await Watch(number, total)) return;
                await theirs.GetStream().WriteAsync(buffer.AsMemory(0, read), end.Token);
            }
            theirs.Client.Shutdown(SocketShutdown.Send);
            await back;
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two is gone.
        }
        finally
        {
            await end.CancelAsync();
        }
    }
}
