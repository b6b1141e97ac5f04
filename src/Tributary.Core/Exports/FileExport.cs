using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>An export as one ZIP of CSV files: written beside, published whole, never overwritten.</summary>
internal sealed class FileExport(ExportPlan plan, FileDestination destination, string nodeId, RunContext context) : ExportWay(plan, context)
{
    private readonly ExportPlan plan = plan;
    private readonly RunContext context = context;

    private sealed record Written(Manifest Manifest, long Bytes, string Sha256);

    public override async Task<(Delivery Delivery, string Note)> DeliverAsync(NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        await destination.CleanAsync(cancel);
        var (delivery, isNew) = await WriteOnceAsync(connection, tables, cancel);
        // Before the ledger: killed between the two, the next run finds the file, and points and records again.
        if (plan.Export.Latest) await LatestPointer.MoveAsync(destination, delivery, cancel);
        return (delivery, isNew ? delivery.Name : $"{delivery.Name} stands: it has the same content");
    }

    /// <summary>The delivery stands, whatever becomes of older files: what cannot be removed is said.</summary>
    public override async Task<UserError?> AfterAsync(CancellationToken cancel)
    {
        try
        {
            var (_, changed) = await new OldFiles(plan.Export, destination, context).RemoveAsync(cancel);
            return changed.Count == 0 ? null : new UserError(ErrorCodes.OldFileStays, plan.Export.At,
                $"Files of export '{plan.Export.Name}' are due to go and stay, for they are not what was delivered: {string.Join(", ", changed)}.",
                $"Look at them at '{destination.Name}' and remove them by hand.");
        }
        catch (Exception error) when (error is IOException or TransientException)
        {
            return new UserError(ErrorCodes.OldFileStays, plan.Export.At,
                $"Files of export '{plan.Export.Name}' are due to go and cannot be removed: {error.Message}", "The export was delivered; the next one tries again.");
        }
    }

    private async Task<Written> WriteAsync(Stream content, NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        await using var file = new HashedStream(content);
        Manifest manifest;
        await using (var archive = await ExportArchive.CreateAsync(file, context.AsOf, cancel))
        {
            var files = new List<ManifestFile>();
            foreach (var table in tables) files.Add(await AddAsync(archive, connection, table, cancel));
            manifest = ToManifest(files);
            await archive.AddAsync(Manifest.FileName, manifest.ToJson(), cancel);
        }
        return new Written(manifest, file.Bytes, file.Sha256);
    }

    private async Task<ManifestFile> AddAsync(ExportArchive archive, NpgsqlConnection connection, ExportTable table, CancellationToken cancel)
    {
        var name = table.Source.Name;
        var order = RowOrder.Of(table, plan.Export.OrderOf(name), plan.Export.At);
        var (rows, bytes, sha256) = await archive.AddCsvAsync(
            $"{name}.csv", connection, CopyStatement.Of(table, order, plan.Csv), plan.Csv.LineEnd,
            (rows, bytes) => context.Progress.Report(new NodeProgress(nodeId, rows, bytes, name)), cancel);
        return new ManifestFile(
            $"{name}.csv", name, rows, bytes, sha256, order.Columns, [.. table.Columns.Select(column => new ManifestColumn(column.Name, column.Type))]);
    }

    /// <summary>
    /// A second run of the same second finds its name taken. The same content stands as it is; other content gets the next number, so that
    /// nothing is ever overwritten.
    /// </summary>
    private async Task<(Delivery Delivery, bool IsNew)> WriteOnceAsync(NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        var wanted = plan.NameFor(context);
        Written? written = null;
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? wanted : FilePattern.Numbered(wanted, number);
            // The content is known by now: a name that is taken needs no second file to be compared.
            if (written is null || await destination.FindAsync(name, cancel) is null)
            {
                await using var pending = await destination.BeginAsync(name, cancel);
                written = await WriteAsync(pending.Content, connection, tables, cancel);
                if (await pending.PublishAsync(cancel)) return (ToDelivery(name, written), true);
            }
            if (await StandingAsync(name, written.Manifest, cancel) is { } standing) return (ToDelivery(name, standing), false);
        }
    }

    private async Task<Written?> StandingAsync(string name, Manifest manifest, CancellationToken cancel)
    {
        if (await StandingFile.ManifestAsync(destination, name, cancel) is not { } other || other.Content() != manifest.Content()) return null;
        var stored = await destination.FindAsync(name, cancel);
        return stored is null ? null : new Written(other, stored.Bytes, await StandingFile.HashAsync(destination, name, cancel));
    }

    private Delivery ToDelivery(string name, Written written) => ToDelivery(name, written.Manifest, written.Bytes, written.Sha256);
}
