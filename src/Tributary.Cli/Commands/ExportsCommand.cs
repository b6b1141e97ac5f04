using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Exports;

namespace Tributary.Cli.Commands;

/// <summary><c>exports list·download·verify</c>: what was delivered, and whether it still stands as delivered.</summary>
internal static class ExportsCommand
{
    private const string Newest = "List what was delivered, newest first.";

    public static Command Create() => new("exports", "What was exported.")
    {
        new Command("list", Newest) { ExportFiles.From }.WithAction(ListAsync),
        ExportFiles.CreateDownload(),
        new Command("verify", "Check delivered files against the ledger: there, whole, every entry as it was written.").WithAction(VerifyAsync),
    };

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancel)
    {
        if (invocation.Get(ExportFiles.From) is { } from) return await ExportFiles.ListAsync(invocation, from, cancel);
        var (deliveries, _) = await ReadAsync(invocation, cancel);
        new QueryTable(
            ["export", "track", "destination", "name", "rows", "bytes", "sha256", "as_of", "delivered"],
            [.. deliveries.Select(delivery => new object?[]
            {
                delivery.Export, delivery.Track, delivery.Destination, delivery.Name, delivery.Rows, delivery.Bytes,
                invocation.AsJson ? delivery.Sha256 : delivery.Sha256[..12], delivery.AsOf.UtcDateTime, delivery.DeliveredAt.UtcDateTime,
            })]).Print(invocation);
        return 0;
    }

    private static async Task<int> VerifyAsync(Invocation invocation, CancellationToken cancel)
    {
        var (deliveries, destinations) = await ReadAsync(invocation, cancel);
        var results = await ExportsVerify.RunAsync(deliveries, destinations, cancel);
        new QueryTable(["export", "name", "stands", "wrong"],
            [.. results.Select(result => new object?[] { result.Delivery.Export, result.Delivery.Name, result.Stands ? "yes" : "NO", result.Wrong })]).Print(invocation);
        return results.All(result => result.Stands) ? 0 : 1;
    }

    private static async Task<(IReadOnlyList<Delivery> Deliveries, IReadOnlyDictionary<string, Destination> Destinations)> ReadAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        await using var connection = await session.Context.Database.OpenAsync(cancel);
        return (await Deliveries.ListAsync(connection, session.Context.Key, cancel), session.Project.Destinations);
    }
}
