using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tributary.Bench.Fhir;

/// <summary>
/// A reader that throws the bytes away: the limit of what a server delivers. It asks for the same pages as a load does, one after the other, and looks at
/// nothing but where the next one begins.
/// </summary>
internal sealed partial class PageReader(string address, int count)
{
    private static readonly HttpClient Web = new();
    private readonly byte[] buffer = new byte[1 << 18];

    /// <summary>Returns the bytes that came.</summary>
    public async Task<long> RunAsync()
    {
        var total = 0L;
        for (var since = ""; ;)
        {
            var (bytes, last) = await ReadAsync($"{address}/Observation?{(since.Length > 0 ? $"_lastUpdated=ge{since}&" : "")}_sort=_lastUpdated&_count={count}");
            total += bytes;
            if (last is null || last == since) return total;
            since = last;
        }
    }

    // The last time on the page stands in its last 8 KB.
    private async Task<(long Bytes, string? Last)> ReadAsync(string page)
    {
        using var response = await Web.GetAsync(page, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (total, tail) = (0L, "");
        for (int read; (read = await body.ReadAsync(buffer)) > 0; total += read)
        {
            var text = Encoding.Latin1.GetString(buffer, Math.Max(0, read - 8192), Math.Min(read, 8192));
            tail = text.Length >= 8192 ? text : tail[^Math.Min(tail.Length, 8192 - text.Length)..] + text;
        }
        var found = LastUpdated().Matches(tail);
        if (found.Count == 0) return (total, null);
        var at = DateTime.Parse(found[^1].Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        return (total, at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("\"lastUpdated\":\"([^\"]+)\"")]
    private static partial Regex LastUpdated();
}
