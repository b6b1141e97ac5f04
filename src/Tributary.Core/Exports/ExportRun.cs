using System.Reflection;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>One execution of an export: read the snapshot, check, write beside, publish whole, record.</summary>
internal sealed class ExportRun(ExportPlan plan, string nodeId, RunContext context)
{
    private static readonly string Program =
        $"tributary {typeof(ExportRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}";

    private sealed record Written(Manifest Manifest, long Bytes, string Sha256);

    public async Task<Outcome> RunAsync(CancellationToken cancel)
    {
        var snapshot = context.Scope.Share(() => new ExportSnapshot([.. plan.Group.Select(relation => relation.Relation)]));
        await using var connection = await snapshot.JoinAsync(context, cancel);
        try
        {
            await Upstream.RequireAsync(connection, plan, context, cancel);
            var tables = await ExportTable.ReadAsync(connection, plan.Relations, plan.Export.At, cancel);
            if (plan.Export.Track == Track.Anon) await RefuseLeaksAsync(connection, tables, cancel);
            await plan.Destination.CleanAsync(cancel);
            var (delivery, isNew) = await DeliverAsync(connection, tables, cancel);
            // Before the ledger: killed between the two, the next run finds the file, and points and records again.
            if (plan.Export.Latest) await LatestPointer.MoveAsync(plan.Destination, delivery, cancel);
            var warning = await WarningAsync(connection, cancel);
            await RecordAsync(delivery, cancel);
            warning = await RemoveOldAsync(cancel) ?? warning;
            var counts = new Counts(Rows: delivery.Rows, Bytes: delivery.Bytes, Files: delivery.Manifest.Files.Count);
            return warning is null
                ? new Outcome.Succeeded(counts, isNew ? delivery.Name : $"{delivery.Name} stands: it has the same content")
                : new Outcome.Warned(warning, counts);
        }
        catch (PostgresException error)
        {
            var found = DatabaseError.From(error);
            if (found.IsTransient) throw new TransientException($"The relations of export '{plan.Export.Name}' cannot be read now: {found.Message}", error);
            throw new UserErrorException(ErrorCodes.DatabaseRefused, plan.Export.At,
                $"PostgreSQL refused to read the relations of export '{plan.Export.Name}': {found.Message} ({found.SqlState})",
                found.Hint ?? "The role needs SELECT on them and USAGE on their schemas; a view must run without errors.");
        }
        catch (NpgsqlException error)
        {
            throw new TransientException($"The connection was lost while '{plan.Export.Name}' was read.", error);
        }
        catch (IOException error)
        {
            throw new UserErrorException(ErrorCodes.DeliveryFailed, plan.Export.At,
                $"Export '{plan.Export.Name}' could not be written to '{plan.Destination.Name}': {error.Message}",
                "Nothing half is visible there. Free space or restore access and run the export again; a file that is whole already is found then.");
        }
    }

    private async Task RefuseLeaksAsync(NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        var leaving = tables.Select(table => new LeavingRelation(table.Source.Name, table.Source.Relation,
            [.. table.Columns.Select(column => new LeavingColumn(column.Name, column.Type, column.Category, table.Source.Made.Contains(column.Name)))])).ToList();
        var lineage = await Lineage.ReadAsync(connection, context.Key, cancel);
        var findings = await new LeakCheck(plan.Identifying, plan.Export.LeakCheck ?? LeakOptions.None).RunAsync(connection, leaving, lineage, cancel);
        if (findings.Count > 0) throw LeakCheck.Refusal(plan.Export.Name, findings, plan.Export.At);
    }

    /// <summary>The delivery stands, whatever becomes of older files: what cannot be removed is said.</summary>
    private async Task<UserError?> RemoveOldAsync(CancellationToken cancel)
    {
        try
        {
            var (_, changed) = await new OldFiles(plan.Export, plan.Destination, context).RemoveAsync(cancel);
            return changed.Count == 0 ? null : new UserError(ErrorCodes.OldFileStays, plan.Export.At,
                $"Files of export '{plan.Export.Name}' are due to go and stay, for they are not what was delivered: {string.Join(", ", changed)}.",
                $"Look at them at '{plan.Destination.Name}' and remove them by hand.");
        }
        catch (Exception error) when (error is IOException or TransientException)
        {
            return new UserError(ErrorCodes.OldFileStays, plan.Export.At,
                $"Files of export '{plan.Export.Name}' are due to go and cannot be removed: {error.Message}", "The export was delivered; the next one tries again.");
        }
    }

    /// <summary>What somebody should know of a delivery: columns that the relations really have and nobody declared did not leave.</summary>
    private async Task<UserError?> WarningAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var models = plan.Bases.Select(relation => (new DeclaredModel(relation.Name, "", relation.Columns, plan.Export.At), relation.Relation)).ToList();
        var found = await HeldBackColumns.ReadAsync(connection, models, cancel);
        return found.Count == 0 ? null : new UserError(ErrorCodes.ColumnHeldBack, plan.Export.At,
            $"Export '{plan.Export.Name}' was delivered without columns that nobody declared: "
                + $"{string.Join(", ", found.Select(column => $"{column.Relation}.{column.Column}"))}.",
            "Declare them in the model's YAML with a class, so that they leave masked, or with class drop.");
    }

    private async Task<Written> WriteAsync(Stream content, NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        await using var file = new HashedStream(content);
        Manifest manifest;
        await using (var archive = await ExportArchive.CreateAsync(file, context.AsOf, cancel))
        {
            var files = new List<ManifestFile>();
            foreach (var table in tables) files.Add(await AddAsync(archive, connection, table, cancel));
            manifest = new Manifest(
                1, Program, context.Key.Project, context.Key.Target, plan.Export.Name, TrackGuard.Word(plan.Export.Track), context.AsOf, context.Commit, files);
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
    private async Task<(Delivery Delivery, bool IsNew)> DeliverAsync(NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        var wanted = plan.NameFor(context);
        Written? written = null;
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? wanted : FilePattern.Numbered(wanted, number);
            // The content is known by now: a name that is taken needs no second file to be compared.
            if (written is null || await plan.Destination.FindAsync(name, cancel) is null)
            {
                await using var pending = await plan.Destination.BeginAsync(name, cancel);
                written = await WriteAsync(pending.Content, connection, tables, cancel);
                if (await pending.PublishAsync(cancel)) return (ToDelivery(name, written), true);
            }
            if (await StandingAsync(name, written.Manifest, cancel) is { } standing) return (ToDelivery(name, standing), false);
        }
    }

    private async Task<Written?> StandingAsync(string name, Manifest manifest, CancellationToken cancel)
    {
        if (await StandingFile.ManifestAsync(plan.Destination, name, cancel) is not { } other || other.Content() != manifest.Content()) return null;
        var stored = await plan.Destination.FindAsync(name, cancel);
        return stored is null ? null : new Written(other, stored.Bytes, await StandingFile.HashAsync(plan.Destination, name, cancel));
    }

    private Delivery ToDelivery(string name, Written written) => new(
        context.RunId, plan.Export.Name, TrackGuard.Word(plan.Export.Track), plan.Destination.Name, name, written.Bytes, written.Sha256,
        written.Manifest.Rows(), plan.Fingerprint(context), written.Manifest, context.AsOf, context.Clock.GetUtcNow());

    private async Task RecordAsync(Delivery delivery, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Deliveries.WriteAsync(connection, context.Key, delivery, cancel);
        var record = await new Success(nodeId, delivery.Fingerprint).WriteAsync(connection, context, cancel);
        await transaction.CommitAsync(cancel);
        context.Successes.Committed(record);
    }
}
