using Tributary.Core.Exports;

namespace Tributary.Tests.Live.Exports;

/// <summary>A destination that is full after some bytes.</summary>
internal sealed record FailingDestination(Destination Inner, long Room) : Destination(Inner)
{
    public override Task CleanAsync(CancellationToken cancel) => Inner.CleanAsync(cancel);

    public override async Task<PendingFile> BeginAsync(CancellationToken cancel) => new Full(await Inner.BeginAsync(cancel), Room);

    public override Task<StoredFile?> FindAsync(string name, CancellationToken cancel) => Inner.FindAsync(name, cancel);

    public override IAsyncEnumerable<StoredFile> ListAsync(CancellationToken cancel) => Inner.ListAsync(cancel);

    public override Task<Stream> OpenReadAsync(string name, CancellationToken cancel) => Inner.OpenReadAsync(name, cancel);

    private sealed class Full(PendingFile inner, long room) : PendingFile
    {
        public override Stream Content { get; } = new Narrow(room);

        public override Task<bool> PublishAsync(string name, CancellationToken cancel) => inner.PublishAsync(name, cancel);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Narrow(long room) : MemoryStream
    {
        // Every other way to write comes through here in a class derived from MemoryStream.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > room) throw new IOException("No space left on device");
            base.Write(buffer, offset, count);
        }
    }
}
