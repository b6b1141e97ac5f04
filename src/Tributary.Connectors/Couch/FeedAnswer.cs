using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text;

namespace Tributary.Connectors.Couch;

/// <summary>One answer of a feed while it streams by. Silence and a cut are errors that may pass.</summary>
internal sealed class FeedAnswer : IDisposable
{
    private readonly CouchDb source;
    private readonly HttpResponseMessage response;

    private FeedAnswer(CouchDb source, HttpResponseMessage response, Stream content, ReadOnlyMemory<byte> rootKey)
    {
        this.source = source;
        this.response = response;
        Objects = new JsonObjectReader(content, (int)source.Load.MaxRecordBytes.Bytes, rootKey);
    }

    public JsonObjectReader Objects { get; }

    /// <summary><paramref name="rootKey"/> as in <see cref="JsonObjectReader"/>.</summary>
    public static async Task<FeedAnswer> OpenAsync(CouchClient client, CouchDb source, string path, string what, ReadOnlyMemory<byte> rootKey, CancellationToken cancel, object? body = null)
    {
        var response = await client.OpenAsync(path, what, cancel, body);
        return new FeedAnswer(source, response, await response.Content.ReadAsStreamAsync(cancel), rootKey);
    }

    /// <summary>Reads more; false at the end. Throws <see cref="TransientException"/> when nothing came for the source's limit.</summary>
    public async Task<bool> FillAsync(CancellationToken cancel) => await ReadAsync(source.Timeout, cancel) ?? throw CouchFailure.Silent(source);

    /// <summary>The same of a feed that may be quiet; false at the end and after <paramref name="silence"/>: the caller asks again.</summary>
    public async Task<bool> HearAsync(TimeSpan silence, CancellationToken cancel) => await ReadAsync(silence, cancel) ?? false;

    // Null after silence.
    private async Task<bool?> ReadAsync(TimeSpan silence, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(silence);
        try
        {
            return await Objects.FillAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (CouchFailure.Of(error, source) is { } explained)
        {
            throw explained;
        }
    }

    public void Dispose()
    {
        Objects.Dispose();
        response.Dispose();
    }
}
