using System.IO.Compression;
using System.Security.Cryptography;

namespace Tributary.Core.Exports;

/// <summary>Looks at a published export: whether it is still the file that was delivered, and what it says of itself.</summary>
internal static class StandingFile
{
    /// <summary>Files up to this size are hashed to see whether they still stand; larger ones are known by size and time.</summary>
    private const long HashedBytes = 64 * 1024 * 1024;

    /// <summary>Whether the delivered file is still there, unchanged.</summary>
    public static async Task<bool> IsThereAsync(FileDestination destination, Delivery delivery, CancellationToken cancel)
    {
        if (await destination.FindAsync(delivery.Name, cancel) is not { } stored || stored.Bytes != delivery.Bytes) return false;
        return stored.Bytes > HashedBytes
            ? stored.ModifiedAt <= delivery.DeliveredAt
            : await HashAsync(destination, delivery.Name, cancel) == delivery.Sha256;
    }

    /// <summary>The SHA-256 of a published file in hex.</summary>
    public static async Task<string> HashAsync(FileDestination destination, string name, CancellationToken cancel)
    {
        await using var content = await destination.OpenReadAsync(name, cancel);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
    }

    /// <summary>The manifest inside a published file; null when it is no ZIP of ours.</summary>
    public static async Task<Manifest?> ManifestAsync(FileDestination destination, string name, CancellationToken cancel)
    {
        try
        {
            await using var content = await destination.OpenReadAsync(name, cancel);
            await using var zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancel);
            if (zip.GetEntry(Manifest.FileName) is not { } entry) return null;
            await using var text = await entry.OpenAsync(cancel);
            using var bytes = new MemoryStream();
            await text.CopyToAsync(bytes, cancel);
            return Manifest.Parse(bytes.ToArray());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
