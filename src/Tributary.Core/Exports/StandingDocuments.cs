namespace Tributary.Core.Exports;

/// <summary>Looks at delivered documents: whether readers still see every slice as it was delivered, by its count at the server.</summary>
internal static class StandingDocuments
{
    /// <summary>What is wrong; null when all stands.</summary>
    public static async Task<string?> FindWrongAsync(DocumentDestination destination, Delivery delivery, CancellationToken cancel)
    {
        foreach (var files in delivery.Manifest.Files.Where(file => file.Slice is not null).GroupBy(file => file.Slice!.Collection)) // not null: filtered
        {
            var found = await destination.CountAsync(files.Key, cancel);
            foreach (var slice in files.Select(file => file.Slice!)) // not null: filtered
            {
                if (found.FirstOrDefault(other => other.Generation == slice.Generation) is not { } standing) return $"{Name(slice)} is not what readers see";
                if (standing.Documents != slice.Documents) return $"{Name(slice)} has {standing.Documents} documents, {slice.Documents} were delivered";
            }
        }
        return null;
    }

    /// <summary>A slice in the words of the ledger.</summary>
    public static string Name(DocumentSlice slice) => string.Join('/', new[] { slice.Collection, slice.Server, slice.Period }.Where(part => part is not null));
}
