namespace Tributary.Core.Ingest.Drops;

/// <summary>What lies below a source's path by now, as drops in the order of their instants.</summary>
internal static class DropListing
{
    /// <summary>Names of folders that are no drops go to <paramref name="strangers"/>.</summary>
    public static async Task<IReadOnlyList<Drop>> ReadAsync(DropSource source, ICollection<string> strangers, CancellationToken cancel)
    {
        var pattern = source.Drops.Compile();
        var files = new SortedDictionary<string, List<DropFile>>(StringComparer.Ordinal);
        await foreach (var file in source.ListFilesAsync(pattern.Prefix, cancel))
        {
            if (!files.TryGetValue(file.Drop, out var list)) files[file.Drop] = list = [];
            list.Add(file);
        }
        var drops = new List<Drop>();
        foreach (var (name, list) in files)
        {
            if (pattern.Read(name) is not { } at) strangers.Add(name);
            else if (source.Drops.Since is not { } since || DateOnly.FromDateTime(at.UtcDateTime) >= since) drops.Add(new Drop(name, at, list));
        }
        return [.. drops.OrderBy(drop => drop.At).ThenBy(drop => drop.Name, StringComparer.Ordinal)];
    }
}
