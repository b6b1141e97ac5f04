using Tributary.Core.Graph;

namespace Tributary.Core.Exports;

/// <summary>
/// Removes the files that an export keeps no longer: only those that the ledger says we wrote, and only while they still are what was
/// written. First the file goes, then its row is closed; killed between the two, the next export closes it.
/// </summary>
internal sealed class OldFiles(Export export, FileDestination destination, RunContext context)
{
    /// <summary>How many were removed, and the names of those that others changed and that therefore stay.</summary>
    public async Task<(int Removed, IReadOnlyList<string> Changed)> RemoveAsync(CancellationToken cancel)
    {
        if (export.Keep is null || Retention.Parse(export.Keep) is not { } keep) return (0, []);
        await using var connection = await context.Database.OpenAsync(cancel);
        var standing = (await Deliveries.ListAsync(connection, context.Key, cancel))
            .Where(delivery => delivery.Export == export.Name && delivery.Destination == destination.Name).ToList();
        var (removed, changed) = (0, new List<string>());
        foreach (var delivery in keep.Expired(standing, context.Clock.GetUtcNow()))
        {
            if (await StandingFile.IsThereAsync(destination, delivery, cancel))
            {
                await destination.RemoveAsync(delivery.Name, cancel);
                removed++;
            }
            else if (await destination.FindAsync(delivery.Name, cancel) is not null)
            {
                changed.Add(delivery.Name);
                continue;
            }
            await Deliveries.CloseAsync(connection, context, delivery, cancel);
        }
        return (removed, changed);
    }
}
