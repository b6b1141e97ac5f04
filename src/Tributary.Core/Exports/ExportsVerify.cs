using System.IO.Compression;
using System.Security.Cryptography;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>Checks delivered files against the ledger: there, whole, and every entry as it was written.</summary>
public static class ExportsVerify
{
    /// <summary>
    /// One result a delivery. <paramref name="destinations"/> are those of the project now; a delivery to one that is gone cannot be checked.
    /// </summary>
    public static async Task<IReadOnlyList<VerifiedFile>> RunAsync(
        IReadOnlyList<Delivery> deliveries, IReadOnlyDictionary<string, Destination> destinations, CancellationToken cancel)
    {
        var results = new List<VerifiedFile>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            var wrong = destinations.TryGetValue(delivery.Destination, out var destination)
                ? await FindAsync(delivery, destination, cancel)
                : $"the project has no destination '{delivery.Destination}' any more";
            results.Add(new VerifiedFile(delivery, wrong));
        }
        return results;
    }

    private static async Task<string?> FindAsync(Delivery delivery, Destination at, CancellationToken cancel)
    {
        try
        {
            if (at is DocumentDestination documents) return await StandingDocuments.FindWrongAsync(documents, delivery, cancel);
            if (at is not FileDestination destination) return "its destination takes no files any more";
            if (await destination.FindAsync(delivery.Name, cancel) is not { } stored) return "the file is gone";
            if (stored.Bytes != delivery.Bytes) return $"the file has {stored.Bytes} bytes, {delivery.Bytes} were delivered";
            if (await StandingFile.HashAsync(destination, delivery.Name, cancel) != delivery.Sha256) return "the file was changed: its SHA-256 differs";
            if (delivery.Manifest.Files is [var plain] && plain.Sha256 == delivery.Sha256) return null; // no ZIP: the file itself
            await using var content = await destination.OpenReadAsync(delivery.Name, cancel);
            await using var zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancel);
            return await FindWrongAsync(zip, delivery.Manifest, cancel);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or TransientException)
        {
            return $"the file cannot be read: {error.Message}";
        }
    }

    /// <summary>The first entry that is not as the manifest says; null when all are.</summary>
    internal static async Task<string?> FindWrongAsync(ZipArchive zip, Manifest manifest, CancellationToken cancel)
    {
        foreach (var file in manifest.Files)
        {
            if (await FindAsync(zip, file, cancel) is { } wrong) return wrong;
        }
        return null;
    }

    private static async Task<string?> FindAsync(ZipArchive zip, ManifestFile file, CancellationToken cancel)
    {
        if (zip.GetEntry(file.File) is not { } entry) return $"{file.File} is missing in it";
        await using var content = await entry.OpenAsync(cancel);
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
        return sha256 == file.Sha256 ? null : $"{file.File} in it differs from the ledger";
    }
}
