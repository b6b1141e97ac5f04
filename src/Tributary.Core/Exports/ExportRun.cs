using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Privacy;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>One execution of an export, whatever kind of destination it goes to: read the snapshot, check, deliver, record.</summary>
internal sealed class ExportRun(ExportPlan plan, string nodeId, RunContext context)
{
    public async Task<Outcome> RunAsync(CancellationToken cancel)
    {
        var snapshot = context.Scope.Share(() => new ExportSnapshot([.. plan.Group.Select(relation => relation.Relation)]));
        await using var connection = await snapshot.JoinAsync(context, cancel);
        try
        {
            await Upstream.RequireAsync(connection, plan, context, cancel);
            var tables = await ExportTable.ReadAsync(connection, plan.Relations, plan.Export.At, cancel);
            if (plan.Export.Track == Track.Anon) await RefuseLeaksAsync(connection, tables, cancel);
            ExportWay way = plan.Destination switch
            {
                FileDestination files => new FileExport(plan, files, nodeId, context),
                DocumentDestination documents => new DocumentExport(plan, documents, nodeId, context),
                _ => throw new NotSupportedException($"No export goes to a {plan.Destination.GetType().Name}."),
            };
            var (delivery, note) = await way.DeliverAsync(connection, tables, cancel);
            var warning = await WarningAsync(connection, cancel);
            await RecordAsync(delivery, cancel);
            warning = await way.AfterAsync(cancel) ?? warning;
            var counts = new Counts(Rows: delivery.Rows, Bytes: delivery.Bytes, Files: delivery.Manifest.Files.Count);
            return warning is null ? new Outcome.Succeeded(counts, note) : new Outcome.Warned(warning, counts);
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
