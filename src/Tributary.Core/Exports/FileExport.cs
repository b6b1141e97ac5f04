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
        delivery = delivery with { Manifest = delivery.Manifest with { Seen = await SeeAsync(delivery, cancel) } };
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

    /// <summary>The proof for a dispute: what a listing of the other side showed afterwards.</summary>
    private async Task<SeenFile> SeeAsync(Delivery delivery, CancellationToken cancel)
    {
        var found = await destination.FindAsync(delivery.Name, cancel) ?? throw new TransientException($"{destination.Place} does not show '{delivery.Name}', which was just delivered.");
        if (found.Bytes != delivery.Bytes) throw new TransientException($"{destination.Place} shows '{delivery.Name}' with {found.Bytes} bytes, {delivery.Bytes} were delivered.");
        return new SeenFile(found.Bytes, found.ModifiedAt, context.Clock.GetUtcNow());
    }

    private async Task<Written> WritePlainAsync(Stream content, NpgsqlConnection connection, ExportTable table, CancellationToken cancel)
    {
        using var source = new CsvSource(plan.Csv.LineEnd, (rows, bytes) => context.Progress.Report(new NodeProgress(nodeId, rows, bytes, table.Source.Name)));
        var (order, copy) = StatementOf(table);
        await source.CopyToAsync(content, connection, copy, cancel);
        var name = plan.NameFor(context);
        return new Written(ToManifest([ToFile(name[(name.LastIndexOf('/') + 1)..], table, order, source.Rows, source.Bytes, source.Sha256)]), source.Bytes, source.Sha256);
    }

    private async Task<Written> WriteAsync(Stream content, NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        if (plan.Export.Format == ExportFormat.Csv) return await WritePlainAsync(content, connection, tables[0], cancel);
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
        var (order, copy) = StatementOf(table);
        var (rows, bytes, sha256) = await archive.AddCsvAsync(
            $"{name}.csv", connection, copy, plan.Csv.LineEnd,
            (rows, bytes) => context.Progress.Report(new NodeProgress(nodeId, rows, bytes, name)), cancel);
        return ToFile($"{name}.csv", table, order, rows, bytes, sha256);
    }

    private (RowOrder Order, string Copy) StatementOf(ExportTable table)
    {
        var filter = plan.Export.Filter ?? new Dictionary<string, string>();
        foreach (var column in filter.Keys.Where(name => table.Columns.All(column => column.Name != name)))
        {
            throw new UserErrorException(ErrorCodes.UnknownName, plan.Export.At, $"`filter` names column '{column}', which '{table.Source.Name}' does not have.",
                Nearest.Hint(column, [.. table.Columns.Select(known => known.Name)]));
        }
        var order = RowOrder.Of(table, plan.Export.OrderOf(table.Source.Name), plan.Export.At);
        return (order, CopyStatement.Of(table, order, plan.Csv, [.. filter.Select(one => (one.Key, plan.Parameters.Values[one.Value]))]));
    }

    private static ManifestFile ToFile(string file, ExportTable table, RowOrder order, long rows, long bytes, string sha256) =>
        new(file, table.Source.Name, rows, bytes, sha256, order.Columns, [.. table.Columns.Select(column => new ManifestColumn(column.Name, column.Type))]);

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
            if (written is null || plan.Export.Replaces || await destination.FindAsync(name, cancel) is null)
            {
                await using var pending = await destination.BeginAsync(name, cancel);
                written = await WriteAsync(pending.Content, connection, tables, cancel);
                if (plan.Export.Replaces)
                {
                    await pending.ReplaceAsync(cancel);
                    return (ToDelivery(name, written), true);
                }
                if (await pending.PublishAsync(cancel)) return (ToDelivery(name, written), true);
            }
            if (await StandingAsync(name, written, cancel) is { } standing) return (ToDelivery(name, standing), false);
        }
    }

    private async Task<Written?> StandingAsync(string name, Written written, CancellationToken cancel)
    {
        if (plan.Export.Format == ExportFormat.Csv) return await StandingFile.HashAsync(destination, name, cancel) == written.Sha256 ? written : null;
        if (await StandingFile.ManifestAsync(destination, name, cancel) is not { } other || other.Content() != written.Manifest.Content()) return null;
        var stored = await destination.FindAsync(name, cancel);
        return stored is null ? null : new Written(other, stored.Bytes, await StandingFile.HashAsync(destination, name, cancel));
    }

    private Delivery ToDelivery(string name, Written written) => ToDelivery(name, written.Manifest, written.Bytes, written.Sha256);
}
