using System.IO.Compression;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>The members of a ZIP file as files of a drop. Their names are compared and shown, and never become paths.</summary>
public static class DropArchive
{
    private const int MostMembers = 1_000;
    private const long MostRatio = 1_000;
    private const long Harmless = 100_000_000;

    public static bool Is(string name) => name is not null && name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>The members, in the archive's order; a file that cannot be read as an archive is one file by itself.</summary>
    public static IReadOnlyList<DropFile> List(Stream content, DropFile archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostMembers) return [archive];
            return [.. zip.Entries.Where(entry => entry.Name.Length > 0)
                .Select(entry => archive with { Name = $"{archive.Name}!{entry.FullName}", Bytes = entry.Length })];
        }
        catch (InvalidDataException)
        {
            return [archive];
        }
    }

    /// <summary>The member that a file is, and the archive that it lies in; null when it lies in none.</summary>
    public static string? Member(DropFile file, out DropFile archive)
    {
        ArgumentNullException.ThrowIfNull(file);
        var mark = file.Name.IndexOf('!', StringComparison.Ordinal);
        archive = mark < 0 ? file : file with { Name = file.Name[..mark] };
        return mark >= 0 && Is(archive.Name) ? file.Name[(mark + 1)..] : null;
    }

    /// <summary>The member's bytes, no more than the archive says it has. Takes <paramref name="content"/> over.</summary>
    public static Stream Open(Stream content, string member)
    {
        ArgumentNullException.ThrowIfNull(content);
        var zip = new ZipArchive(content, ZipArchiveMode.Read);
        var entry = zip.Entries.FirstOrDefault(entry => entry.FullName == member) ?? throw new IOException($"the archive no longer holds {Excerpt.Of(member)}");
        if (entry.Length > Harmless && entry.Length / MostRatio > entry.CompressedLength)
            throw new IOException($"{Excerpt.Of(member)} unpacks to more than a thousand times its size");
        return new MemberStream(zip, entry);
    }

    private sealed class MemberStream(ZipArchive zip, ZipArchiveEntry entry) : Stream
    {
        private readonly Stream inner = entry.Open();
        private readonly long most = entry.Length;
        private long bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => most;

        public override long Position
        {
            get => bytes;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                zip.Dispose();
            }
            base.Dispose(disposing);
        }

        private int Count(int read)
        {
            bytes += read;
            if (bytes > most || (read == 0 && bytes < most)) throw new InvalidDataException("a member has another size than its archive says");
            return read;
        }
    }
}
