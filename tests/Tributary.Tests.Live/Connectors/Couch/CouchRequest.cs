using System.Globalization;
using System.Text;
using System.Web;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>One HTTP request as it came over the socket.</summary>
internal sealed record CouchRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string[] Path => [.. Target.Split('?')[0].Trim('/').Split('/').Select(Uri.UnescapeDataString)];

    public bool IsChanges => Path is [_, "_changes"];

    public string? Query(string name) => HttpUtility.ParseQueryString(Target.Contains('?', StringComparison.Ordinal) ? Target[Target.IndexOf('?')..] : "")[name];

    /// <summary>Null at the end of the connection.</summary>
    public static async Task<CouchRequest?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, cancel) == 0) return null;
            head.Add(one[0]);
        }
        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, cancel);
        return new CouchRequest(words[0], words[1], headers, body);
    }
}
