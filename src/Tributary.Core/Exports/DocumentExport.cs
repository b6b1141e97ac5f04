using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// An export as documents: of each relation only the slices whose rows changed are sent, beside those that readers see, and shown in one
/// step a collection.
/// </summary>
internal sealed class DocumentExport(ExportPlan plan, DocumentDestination destination, string nodeId, RunContext context) : ExportWay(plan, context)
{
    private readonly ExportPlan plan = plan;
    private readonly RunContext context = context;
    private long sent;

    public override async Task<(Delivery Delivery, string Note)> DeliverAsync(NpgsqlConnection connection, IReadOnlyList<ExportTable> tables, CancellationToken cancel)
    {
        var files = new List<ManifestFile>();
        var changed = 0;
        foreach (var table in tables)
        {
            var collection = plan.Export.Collections![table.Source.Name]; // checked when the project was loaded
            var select = new DocumentSelect(table, collection);
            RefuseUnfit(table, collection);
            var (standing, written) = await PushAsync(connection, select, cancel);
            changed += written;
            files.AddRange(standing.Select(slice => new ManifestFile(
                StandingDocuments.Name(slice), table.Source.Name, slice.Documents, slice.Bytes, slice.Digest, collection.Key,
                [.. table.Columns.Select(column => new ManifestColumn(column.Name, column.Type))], slice)));
        }
        var manifest = ToManifest(files);
        var whole = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest.Content())));
        var delivery = ToDelivery($"{destination.Server}/{plan.Export.Name}", manifest, files.Sum(file => file.Bytes), whole);
        return (delivery, changed == 0 ? "readers see the same content already" : $"{changed} {(changed == 1 ? "slice" : "slices")} of {files.Count} written");
    }

    private async Task<(IReadOnlyList<DocumentSlice> Standing, int Written)> PushAsync(NpgsqlConnection connection, DocumentSelect select, CancellationToken cancel)
    {
        var name = select.Collection.Collection;
        await using var gate = await context.Database.OpenAsync(cancel);
        // Two nodes of one server must not both write its slice; the lock has the name of what it guards, not of a relation.
        await using var only = await RelationLock.TakeAsync(gate, new Relation(destination.Place, $"{name}@{destination.Server}"), _ => { }, cancel);
        await using var collection = await destination.OpenAsync(new DocumentPlan(select.Collection, select.Table.Source.Name, select.Columns), cancel);
        var wanted = await ReadSlicesAsync(connection, select, cancel);
        var changed = wanted.Where(slice => !collection.Standing.Any(other => other.Period == slice.Period && other.Digest == slice.Digest)).ToList();
        if (changed.Count == 0) return (collection.Standing, 0);
        await collection.BeginAsync(changed, cancel);
        for (var i = 0; i < changed.Count; i++) await SendAsync(connection, select, collection, i, changed[i], cancel);
        return (await collection.PublishAsync(cancel), changed.Count);
    }

    private async Task<IReadOnlyList<DocumentSlice>> ReadSlicesAsync(NpgsqlConnection connection, DocumentSelect select, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(select.Slices, connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<DocumentSlice>();
        while (await rows.ReadAsync(cancel))
        {
            var period = rows.IsDBNull(0) ? null : rows.GetString(0);
            if (period is null && select.Collection.Period is { } column)
            {
                throw new UserErrorException(ErrorCodes.DocumentInvalid, select.Collection.At,
                    $"{rows.GetInt64(1)} rows of '{select.Table.Source.Name}' have no period: '{column}' is NULL.", "Every row of an appended relation belongs to a period. Nothing was sent.");
            }
            using var digest = new Fingerprint();
            digest.Add("form", select.Collection.Words).Add("columns", string.Join(',', select.Columns)).Add("rows", rows.GetInt64(1)).Add("left", rows.GetString(2)).Add("right", rows.GetString(3));
            found.Add(new DocumentSlice(select.Collection.Collection, destination.Server, period, digest.Finish(), rows.GetInt64(1)));
        }
        // A relation without rows is a slice without documents when it replaces everything, and no period at all when it adds.
        if (found.Count == 0 && select.Collection.Period is null) found.Add(new DocumentSlice(select.Collection.Collection, destination.Server, null, "empty", 0));
        return found;
    }

    private async Task SendAsync(NpgsqlConnection connection, DocumentSelect select, DocumentCollection collection, int place, DocumentSlice slice, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(select.Rows, connection);
        if (slice.Period is not null) command.Parameters.Add(new() { Value = slice.Period });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var key = select.Collection.Key.Select(name => IndexOf(select, name)).ToArray();
        object?[]? before = null;
        while (await rows.ReadAsync(cancel))
        {
            var row = new object?[rows.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = await rows.IsDBNullAsync(i, cancel) ? null : rows.GetValue(i);
            if (before is not null && key.All(i => Equals(row[i], before[i]))) throw TwoOfOneKey(select);
            await collection.AddAsync(place, row, cancel);
            before = row;
            if (++sent % 1000 == 0) context.Progress.Report(new NodeProgress(nodeId, sent, 0, select.Collection.Collection));
        }
    }

    private static int IndexOf(DocumentSelect select, string name) => select.Columns.ToList().FindIndex(column => column.Name == name);

    private static UserErrorException TwoOfOneKey(DocumentSelect select) => new(ErrorCodes.DocumentInvalid, select.Collection.At,
        $"Two rows of '{select.Table.Source.Name}' have the same key ({string.Join(", ", select.Collection.Key)}).",
        "Name the columns in `key:` that tell every row from every other. Readers still see what they saw before.");

    private static void RefuseUnfit(ExportTable table, CollectionConfig collection)
    {
        var names = table.Columns.Select(column => column.Name).ToList();
        var wanted = collection.Key.Concat(collection.ObjectIds ?? []).Concat(collection.Period is { } period ? [period] : []);
        foreach (var name in wanted.Where(name => !names.Contains(name)))
            throw new UserErrorException(ErrorCodes.UnknownName, collection.At, $"Collection '{collection.Collection}' names column '{name}', which '{table.Source.Name}' does not have.", Nearest.Hint(name, names));
        foreach (var name in (collection.ObjectIds ?? []).Where(name => table.Columns.First(column => column.Name == name) is not { IsText: true }))
            throw new UserErrorException(ErrorCodes.DocumentInvalid, collection.At, $"Column '{name}' of '{table.Source.Name}' is no text and cannot become an ObjectId.", "An ObjectId is made of 24 hexadecimal digits.");
        if (names.Find(name => name is "_id" or "_tributary" || name.StartsWith('$') || name.Contains('.')) is { } reserved)
            throw new UserErrorException(ErrorCodes.DocumentInvalid, collection.At, $"Column '{reserved}' of '{table.Source.Name}' cannot be a field: `_id` and `_tributary` are made by us, and `$` and dots mean something else there.", "Rename it in the model.");
    }
}
