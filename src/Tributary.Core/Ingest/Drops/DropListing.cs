namespace Tributary.Core.Ingest.Drops;

/// <summary>What lies below a source's path by now: drops in the order of their instants, and the names of folders that are none.</summary>
internal sealed record DropListing(IReadOnlyList<Drop> Drops, IReadOnlyList<string> Strangers)
{
    public static async Task<DropListing> ReadAsync(DropSource source, CancellationToken cancel)
    {
        var pattern = source.Drops.Compile();
        var files = new SortedDictionary<string, List<DropFile>>(StringComparer.Ordinal);
        await foreach (var file in source.ListFilesAsync(pattern.Prefix, cancel))
        {
            if (!files.TryGetValue(file.Drop, out var list)) files[file.Drop] = list = [];
            list.Add(file);
        }
        var (drops, strangers) = (new List<Drop>(), new List<string>());
        foreach (var (name, list) in files)
        {
            if (pattern.Read(name) is not { } at) strangers.Add(name);
            else if (source.Drops.Since is not { } since || DateOnly.FromDateTime(at.UtcDateTime) >= since) drops.Add(new Drop(name, at, list));
        }
        return new DropListing([.. drops.OrderBy(drop => drop.At).ThenBy(drop => drop.Name, StringComparer.Ordinal)], strangers);
    }
}
