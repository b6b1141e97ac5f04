using System.Text.Json;
using Tributary.Connectors.Http;

namespace Tributary.Connectors.Fhir;

/// <summary>What a server answered. Holds one of the source's request slots until it is disposed.</summary>
internal sealed class FhirAnswer(HttpResponseMessage response, FhirServer server, Action release) : IDisposable
{
    private const int LargestDocument = 20_000_000;
    private int disposed;

    public int Status => (int)response.StatusCode;

    public bool IsGood => response.IsSuccessStatusCode;

    /// <summary>The server's clock when it answered; in whole seconds.</summary>
    public DateTime? Date => response.Headers.Date?.UtcDateTime;

    /// <summary>Where a job's status is told.</summary>
    public string? ContentLocation => response.Content.Headers.ContentLocation?.OriginalString;

    public bool IsJson => response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != false;

    /// <summary>How long the server asks us to wait, from its own clock; null when it does not say.</summary>
    public TimeSpan? RetryAfter => RetryWait.Asked(response);

    public async Task<Stream> BodyAsync(CancellationToken cancel) =>
        new IdleStream(await response.Content.ReadAsStreamAsync(cancel), server.Timeout);

    /// <summary>The body as a small document; null when it is none. Throws <see cref="IOException"/> when it is cut off.</summary>
    public async Task<JsonDocument?> JsonAsync(CancellationToken cancel)
    {
        await using var body = await BodyAsync(cancel);
        using var memory = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (memory.Length + count > LargestDocument) throw server.Wrong($"answered with a document of more than {LargestDocument / 1_000_000} MB");
            memory.Write(buffer, 0, count);
        }
        try
        {
            return JsonDocument.Parse(memory.GetBuffer().AsMemory(0, (int)memory.Length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        response.Dispose();
        release();
    }
}
