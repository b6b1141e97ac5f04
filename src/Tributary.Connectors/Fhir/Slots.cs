using System.Threading.Channels;

namespace Tributary.Connectors.Fhir;

/// <summary>So many may go on at once, the others wait in turn. A channel: unlike a semaphore it need not be disposed by a source, which lives as long as its project.</summary>
internal sealed class Slots(int count)
{
    private readonly Channel<bool> taken = Channel.CreateBounded<bool>(count);

    public ValueTask TakeAsync(CancellationToken cancel) => taken.Writer.WriteAsync(true, cancel);

    public void Release() => taken.Reader.TryRead(out _);
}
