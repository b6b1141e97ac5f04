using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Bench.Fhir;

/// <summary>
/// The cheapest FHIR server that can be: searches by time over documents in memory, whose bytes it only sends. In a process of its
/// own; prints its port, ends with its standard input.
/// </summary>
internal static class PageServer
{
    private static readonly byte[] Before = Encoding.UTF8.GetBytes("""{"fullUrl":"http://127.0.0.1/fhir/Observation","resource":""");
    private static readonly byte[] Behind = Encoding.UTF8.GetBytes(""","search":{"mode":"match"}}""");

    public static async Task<int> RunAsync(string file)
    {
        var documents = File.ReadLines(file).Select(Encoding.UTF8.GetBytes).Select(bytes => (At: TimeOf(bytes), Bytes: bytes)).OrderBy(one => one.At).ToArray();
        var times = Array.ConvertAll(documents, one => one.At);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var listener = new HttpListener { Prefixes = { string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/") } };
        listener.Start();
        Console.WriteLine(port);
        var ended = Task.Run(() => Console.In.ReadToEndAsync());
        while (await Task.WhenAny(ended, listener.GetContextAsync()) is Task<HttpListenerContext> asked)
            _ = Task.Run(async () => await AnswerAsync(await asked, documents, times));
        return 0;
    }

    private static async Task AnswerAsync(HttpListenerContext context, (DateTime At, byte[] Bytes)[] documents, DateTime[] times)
    {
        var query = context.Request.QueryString;
        var from = query["_lastUpdated"] is { } since
            ? FirstAt(times, DateTime.Parse(since[2..], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)) : 0;
        if (query["page"] is { } page) from = int.Parse(page, CultureInfo.InvariantCulture);
        var to = Math.Min(from + int.Parse(query["_count"] ?? "500", CultureInfo.InvariantCulture), times.Length);
        var self = context.Request.Url!; // a request has an address
        var next = to < times.Length ? $$""",{"relation":"next","url":"http://{{self.Authority}}/fhir/Observation?page={{to}}&_count={{to - from}}"}""" : "";
        context.Response.ContentType = "application/fhir+json";
        context.Response.Headers["Date"] = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToString("R", CultureInfo.InvariantCulture);
        await using var output = new BufferedStream(context.Response.OutputStream, 1 << 18);
        await output.WriteAsync(Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"{{self}}"}{{next}}],"entry":["""));
        for (var i = from; i < to; i++)
        {
            if (i > from) output.WriteByte((byte)',');
            output.Write(Before);
            output.Write(documents[i].Bytes);
            output.Write(Behind);
        }
        await output.WriteAsync("]}"u8.ToArray());
    }

    private static int FirstAt(DateTime[] times, DateTime at)
    {
        var found = Array.BinarySearch(times, at);
        if (found < 0) return ~found;
        while (found > 0 && times[found - 1] == at) found--;
        return found;
    }

    private static DateTime TimeOf(byte[] document) =>
        FhirResource.Read(document, null, out var key, out _) is null ? key.LastUpdated ?? default : throw new InvalidDataException("The bench writes good records.");
}
