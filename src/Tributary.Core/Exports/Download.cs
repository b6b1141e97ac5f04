using System.IO.Compression;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>A published file that somebody wants: its name, and its size and SHA-256 where they are known from the ledger or a pointer.</summary>
public sealed record WantedFile(string Name, FileDestination From, string? Sha256);

/// <summary>Fetches published files for those who have no other client. What differs from what was delivered is not kept.</summary>
public static class Download
{
    /// <summary>
    /// Writes the file into the folder that <paramref name="to"/> is, under the last part of its name; returns what is wrong, or null. A file
    /// that is there already and is the same is fine. With no SHA-256 known, the entries are compared with the manifest inside.
    /// </summary>
    public static async Task<string?> RunAsync(WantedFile wanted, FileDestination to, CancellationToken cancel)
    {
        var name = wanted.Name.Split('/')[^1];
        try
        {
            if (await wanted.From.FindAsync(wanted.Name, cancel) is not { } stored) return $"there is no such file at '{wanted.From.Name}'";
            var expected = wanted.Sha256 ?? stored.Sha256;
            await using var pending = await to.BeginAsync(name, cancel);
            string sha256;
            await using (var content = await wanted.From.OpenReadAsync(wanted.Name, cancel))
            await using (var hashed = new HashedStream(pending.Content))
            {
                await content.CopyToAsync(hashed, cancel);
                sha256 = hashed.Sha256;
            }
            if (expected is not null && sha256 != expected) return "it is not the file that was delivered: its SHA-256 differs";
            if (expected is null && await FindWrongAsync(wanted, cancel) is { } wrong) return wrong;
            if (await pending.PublishAsync(cancel)) return null;
            return await StandingFile.HashAsync(to, name, cancel) == sha256 ? null : $"another file called {name} is there already";
        }
        catch (Exception error) when (error is IOException or TransientException)
        {
            return error.Message;
        }
    }

    private static async Task<string?> FindWrongAsync(WantedFile wanted, CancellationToken cancel)
    {
        if (await StandingFile.ManifestAsync(wanted.From, wanted.Name, cancel) is not { } manifest) return "it is no export: it holds no manifest";
        await using var content = await wanted.From.OpenReadAsync(wanted.Name, cancel);
        await using var zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancel);
        return await ExportsVerify.FindWrongAsync(zip, manifest, cancel);
    }
}
