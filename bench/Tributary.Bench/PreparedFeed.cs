using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Tributary.Bench;

/// <summary>
/// A CouchDB that costs nothing: answers pages of <c>_changes</c> from memory over a socket of loopback. All documents share one body of the wanted
/// size behind an id of their own.
/// </summary>
internal sealed partial class PreparedFeed : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly byte[] body;

    public PreparedFeed(int documents, int documentBytes)
    {
        Documents = documents;
        body = Encoding.UTF8.GetBytes(Body(documentBytes));
        listener.Start();
        _ = AcceptAsync();
    }

    public int Documents { get; }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}-6c1f-4e2a-9d3b-5a7c90de4f21");

    /// <summary>A document as a row's <c>doc</c>, into a buffer that is large enough; its length.</summary>
    public int WriteDocument(int number, Span<byte> buffer)
    {
        var written = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"_id\":\"{IdOf(number)}\",\"_rev\":\"1-{number:x32}\","), buffer);
        body.CopyTo(buffer[written..]);
        return written + body.Length;
    }

    public int LargestRow => body.Length + 400;

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        stop.Dispose();
    }

    // Reports have many short fields.
    private static string Body(int bytes)
    {
        var text = new StringBuilder("\"type\":\"data_record\",\"form\":\"pregnancy_home_visit\",\"reported_date\":1700000000000,\"fields\":{");
        for (var i = 0; text.Length < Math.Min(bytes, 4000) - 60; i++) text.Append(CultureInfo.InvariantCulture, $"\"question_{i}\":\"answer {i * 7919 % 1000}\",\"number_{i}\":{i},");
        return text.Append(CultureInfo.InvariantCulture, $"\"note\":\"{new string('x', Math.Max(0, bytes - text.Length - 60))}\"}}}}").ToString();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the bench.
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
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
                    {
                        // Headers do not matter here.
                    }
                    await AnswerAsync(stream, line.Split(' ')[1]);
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client went away.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string target)
    {
        if (target == "/") await SmallAsync(stream, """{"couchdb":"Welcome","version":"3.5.0","uuid":"bench"}""");
        else if (!target.Contains("_changes", StringComparison.Ordinal)) await SmallAsync(stream, $"{{\"update_seq\":\"{Documents}-x\",\"instance_start_time\":\"0\",\"purge_seq\":\"0-x\"}}");
        else await PageAsync(stream, Number(Since(), target, 0), Number(Limit(), target, int.MaxValue));
    }

    private async Task PageAsync(NetworkStream stream, int since, int limit)
    {
        var to = (int)Math.Min(Documents, since + (long)limit);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        var buffer = new byte[Math.Max(128 * 1024, LargestRow * 2)];
        var used = Encoding.ASCII.GetBytes("{\"results\":[\n", buffer);
        for (var number = since + 1; number <= to; number++)
        {
            if (buffer.Length - used < LargestRow + 200) used = await FlushAsync(stream, buffer, used);
            var head = string.Create(CultureInfo.InvariantCulture, $"{(number > since + 1 ? ",\n" : "")}{{\"seq\":{(number == to ? $"\"{number}-x\"" : "null")},\"id\":\"{IdOf(number)}\",\"changes\":[{{\"rev\":\"1-{number:x32}\"}}],\"doc\":");
            used += Encoding.ASCII.GetBytes(head, buffer.AsSpan(used));
            used += WriteDocument(number, buffer.AsSpan(used));
            buffer[used++] = (byte)'}';
        }
        used = await FlushAsync(stream, buffer, used);
        used = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n],\n\"last_seq\":\"{to}-x\",\"pending\":{Documents - to}}}\n"), buffer);
        await FlushAsync(stream, buffer, used);
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
    }

    private static async Task<int> FlushAsync(NetworkStream stream, byte[] buffer, int used)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{used:x}\r\n")));
        await stream.WriteAsync(buffer.AsMemory(0, used));
        await stream.WriteAsync("\r\n"u8.ToArray());
        return 0;
    }

    private static Task SmallAsync(NetworkStream stream, string body) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}")).AsTask();

    private static int Number(Regex regex, string target, int otherwise) =>
        regex.Match(target) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@"[?&]since=([0-9]+)")]
    private static partial Regex Since();

    [GeneratedRegex(@"[?&]limit=([0-9]+)")]
    private static partial Regex Limit();
}
