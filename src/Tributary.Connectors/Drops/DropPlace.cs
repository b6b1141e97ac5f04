using Tributary.Core.Ingest.Drops;

namespace Tributary.Connectors.Drops;

/// <summary>Where drops lie.</summary>
internal abstract class DropPlace
{
    /// <summary>The files below folders whose names begin with the prefix; the members of archives in their place.</summary>
    public async IAsyncEnumerable<DropFile> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var file in ListFilesAsync(prefix, cancel))
        {
            if (!DropArchive.Is(file.Name))
            {
                yield return file;
                continue;
            }
            await using var content = await OpenFileAsync(file, cancel);
            foreach (var member in DropArchive.List(content, file)) yield return member;
        }
    }

    /// <summary>Throws <see cref="IOException"/> when the file is no longer the one that was listed.</summary>
    public async Task<Stream> OpenAsync(DropFile file, CancellationToken cancel)
    {
        if (DropArchive.Member(file, out var archive) is not { } member) return await OpenFileAsync(file, cancel);
        return DropArchive.Open(await OpenFileAsync(await WholeAsync(archive, cancel), cancel), member);
    }

    protected abstract IAsyncEnumerable<DropFile> ListFilesAsync(string prefix, CancellationToken cancel);

    protected abstract Task<Stream> OpenFileAsync(DropFile file, CancellationToken cancel);

    /// <summary>The archive with its own size, which a member does not know.</summary>
    protected abstract Task<DropFile> WholeAsync(DropFile archive, CancellationToken cancel);

    protected static IOException Changed(DropFile file) => new($"{file.Path} changed after it was listed; the next sync looks again.");
}
