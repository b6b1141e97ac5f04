using System.Net;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>Reads documents and archives of the web, bounded in size; what passes by itself is tried again.</summary>
internal sealed class WebFetch(HttpClient web, TimeProvider clock)
{
    private const int Tries = 4;
    private const int LargestDocument = 20_000_000;
    private const long LargestArchive = 200_000_000;

    /// <summary>Null when the server says that there is no such document.</summary>
    public Task<byte[]?> DocumentAsync(Uri address, CancellationToken cancel) => TryAsync(address, async response =>
    {
        using var memory = new MemoryStream();
        await CopyAsync(response, memory, LargestDocument, address, cancel);
        return memory.ToArray();
    }, cancel);

    /// <summary>False when there is nothing at the address.</summary>
    public async Task<bool> ArchiveAsync(Uri address, string path, CancellationToken cancel) => await TryAsync(address, async response =>
    {
        await using var file = File.Create(path);
        await CopyAsync(response, file, LargestArchive, address, cancel);
        return path;
    }, cancel) is not null;

    private async Task<T?> TryAsync<T>(Uri address, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancel) where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await web.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
                response.EnsureSuccessStatusCode();
                return await read(response);
            }
            catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                if (attempt == Tries || error is HttpRequestException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests })
                    throw new TransientException($"{Address.WithoutSecrets(address.ToString())} cannot be read: {(error is OperationCanceledException ? "no answer in time" : error.Message)}", error);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(200 << attempt), clock, cancel);
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, Stream target, long limit, Uri address, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[81_920];
        for (long total = 0; ;)
        {
            var count = await body.ReadAsync(buffer, cancel);
            if (count == 0) return;
            if ((total += count) > limit)
                throw new UserErrorException(ErrorCodes.LimitExceeded, null, $"{Address.WithoutSecrets(address.ToString())} is larger than {limit / 1_000_000} MB");
            await target.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
    }
}
