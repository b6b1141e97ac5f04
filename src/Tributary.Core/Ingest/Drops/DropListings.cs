using System.Collections.Concurrent;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// What the sources' drops were when the run first asked: each source is listed once a run, so that its streams see the same drops, and a
/// bucket of many is not listed once a stream. A listing that failed is made anew by whoever asks next.
/// </summary>
internal sealed class DropListings : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Listed> sources = new(StringComparer.Ordinal);

    public static Task<DropListing> OfAsync(RunContext context, DropSource source, CancellationToken cancel) =>
        context.Scope.Share(() => new DropListings()).sources.GetOrAdd(source.Name, _ => new Listed()).ReadAsync(source, cancel);

    public ValueTask DisposeAsync()
    {
        foreach (var listed in sources.Values) listed.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Listed : IDisposable
    {
        private readonly SemaphoreSlim gate = new(1);
        private DropListing? listing;

        public async Task<DropListing> ReadAsync(DropSource source, CancellationToken cancel)
        {
            await gate.WaitAsync(cancel);
            try
            {
                return listing ??= await DropListing.ReadAsync(source, cancel);
            }
            finally
            {
                gate.Release();
            }
        }

        public void Dispose() => gate.Dispose();
    }
}
