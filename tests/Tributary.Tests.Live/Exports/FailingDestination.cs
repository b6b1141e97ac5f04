using Tributary.Core.Exports;

namespace Tributary.Tests.Live.Exports;

/// <summary>A destination that is full after some bytes.</summary>
internal sealed record FailingDestination(FileDestination Inner, long Room) : FileDestination(Inner)
{
    public override Task CleanAsync(CancellationToken cancel) => Inner.CleanAsync(cancel);

    public override string Place => Inner.Place;

    public override async Task<PendingFile> BeginAsync(string name, CancellationToken cancel) => new Full(await Inner.BeginAsync(name, cancel), Room);

    public override Task<StoredFile?> FindAsync(string name, CancellationToken cancel) => Inner.FindAsync(name, cancel);

    public override IAsyncEnumerable<StoredFile> ListAsync(CancellationToken cancel) => Inner.ListAsync(cancel);

    public override Task<Stream> OpenReadAsync(string name, CancellationToken cancel) => Inner.OpenReadAsync(name, cancel);

    public override Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel) => Inner.ReplaceAsync(name, content, cancel);

    public override Task RemoveAsync(string name, CancellationToken cancel) => Inner.RemoveAsync(name, cancel);

    private sealed class Full(PendingFile inner, long room) : PendingFile
    {
        public override Stream Content { get; } = new Narrow(room);

        public override Task<bool> PublishAsync(CancellationToken cancel) => inner.PublishAsync(cancel);

        public override Task ReplaceAsync(CancellationToken cancel) => inner.ReplaceAsync(cancel);

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
