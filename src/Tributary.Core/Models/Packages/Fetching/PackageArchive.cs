using System.Formats.Tar;
using System.IO.Compression;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>
/// Unpacks a package's archive (tar, with gzip or without) into a folder, its one top folder left out. Files and folders only:
/// links and devices are passed over, a name that would leave the folder is refused, sizes are bounded.
/// </summary>
internal static class PackageArchive
{
    private const long LargestContent = 1_000_000_000;
    private const int MostEntries = 100_000;

    public static async Task UnpackAsync(string archive, string folder, string shown, CancellationToken cancel)
    {
        await using var file = File.OpenRead(archive);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        await using Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        await using var reader = new TarReader(content, leaveOpen: true);
        try
        {
            await UnpackAsync(reader, Path.GetFullPath(folder), shown, cancel);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new UserErrorException(ErrorCodes.PackageMissing, null, $"{shown} is no tar archive: {error.Message}");
        }
    }

    private static async Task UnpackAsync(TarReader reader, string folder, string shown, CancellationToken cancel)
    {
        var room = LargestContent;
        var entries = 0;
        while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (++entries > MostEntries || (room -= entry.Length) < 0)
                throw new UserErrorException(ErrorCodes.LimitExceeded, null, $"{shown} unpacks to more than {LargestContent / 1_000_000} MB or {MostEntries} files");
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory)) continue;
            if (Target(entry.Name, folder, shown) is not { } path) continue;
            if (entry.EntryType == TarEntryType.Directory) Directory.CreateDirectory(path);
            else await WriteAsync(entry, path, cancel);
        }
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it is below the folder
        await using var target = File.Create(path);
        if (entry.DataStream is { } bytes) await bytes.CopyToAsync(target, cancel);
    }

    /// <summary>Where an entry goes; null for the top folder itself and for files beside it.</summary>
    private static string? Target(string name, string folder, string shown)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (name.StartsWith('/') || parts.Contains("..") || parts.Any(part => part.Contains('\\', StringComparison.Ordinal) || part.Contains('\0', StringComparison.Ordinal)))
            throw new UserErrorException(ErrorCodes.PackageUnsafe, null, $"{shown} holds '{Excerpt.Of(name)}', which would leave the package's folder", "Do not use this package.");
        return parts.Length < 2 ? null : Path.Combine([folder, .. parts[1..]]);
    }
}
