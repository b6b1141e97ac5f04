using System.Globalization;
using System.Text;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>One HTTP answer: whole, or in chunks that can be cut, held back or ended with an error after so many bytes.</summary>
internal sealed class CouchAnswer(Stream stream, CancellationToken stop) : IAsyncDisposable
{
    private long written;
    private bool inChunks;

    public Fault? Fault { get; set; }

    public async Task WholeAsync(int status, string body, params IReadOnlyList<string> headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await HeadAsync(status, [.. headers, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}")]);
        await stream.WriteAsync(bytes, stop);
    }

    public async Task BeginAsync()
    {
        inChunks = true;
        await HeadAsync(200, ["Transfer-Encoding: chunked"]);
    }

    public async Task ChunkAsync(string text)
    {
        if (text.Length == 0) return;
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var part in Parts(bytes))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), stop);
            await stream.WriteAsync(part, stop);
            await stream.WriteAsync("\r\n"u8.ToArray(), stop);
            written += part.Length;
            await MeetAsync();
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Parts(byte[] bytes)
    {
        var at = new[] { Fault?.CutAfter, Fault?.StallAfter, Fault?.ErrorAfter }.Max() ?? -1;
        if (at < written || at >= written + bytes.Length || at == written)
        {
            yield return bytes;
            yield break;
        }
        yield return bytes.AsMemory(0, (int)(at - written));
        yield return bytes.AsMemory((int)(at - written));
    }

    private async Task MeetAsync()
    {
        if (Fault is { CutAfter: >= 0 and var cut } && written >= cut)
        {
            inChunks = false;
            throw new CutException();
        }
        if (Fault is { StallAfter: >= 0 and var stall } && written >= stall) await Task.Delay(Timeout.Infinite, stop);
        if (Fault is not { ErrorAfter: >= 0 and var error } || written < error) return;
        // As CouchDB does when its answer has begun: the error goes into the stream, and the chunks end well.
        Fault = null;
        await ChunkAsync("\n{\"error\":\"timeout\",\"reason\":\"The request could not be processed in a reasonable amount of time.\"}\n");
        await EndAsync();
        throw new CutException();
    }

    private async Task EndAsync()
    {
        inChunks = false;
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
    }

    private async Task HeadAsync(int status, IReadOnlyList<string> headers)
    {
        var head = $"HTTP/1.1 {status} X\r\nServer: double\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (inChunks && !stop.IsCancellationRequested) await EndAsync();
    }
}
