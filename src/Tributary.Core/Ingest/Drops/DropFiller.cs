using System.Text;
using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Ingest.Erasing;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Csv;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Reads the files of one dataset of a drop into a fresh table: header against declaration, records into rows, the rest into rejects.</summary>
internal sealed class DropFiller(LoadScope scope, DropSource source, RowStamp stamp, Relation target, IReadOnlyList<string> standing)
{
    /// <summary>Rejects are written between two COPYs when they hold so many bytes.</summary>
    private const long MostHeld = 8_000_000;

    private readonly Dataset dataset = source.DatasetOf(scope.Stream);
    private readonly CsvFormat format = source.DatasetOf(scope.Stream).Csv ?? source.Csv;
    private readonly CsvLimits limits = new(FieldBytes: (int)source.Load.MaxRecordBytes.Bytes, RecordBytes: (int)source.Load.MaxRecordBytes.Bytes);
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(source.Drops.Zone);
    private readonly LoadLedger ledger = new(scope.Connection, scope.Context, scope.Stream.Key);
    private readonly List<string> notes = [];
    private readonly List<FinishedFile> finished = [];
    private readonly List<DropPosition.File> files = [];
    private readonly Dictionary<string, long> noted = new(StringComparer.Ordinal);
    private DatasetTable? table;
    private ErasedRecords? erased;

    public long Rows { get; private set; }

    public long Rejected { get; private set; }

    public long Bytes { get; private set; }

    public IReadOnlyList<FinishedFile> Finished => finished;

    public IReadOnlyList<DropPosition.File> Files => files;

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Notes => [.. notes.Distinct(), .. noted.Select(one => $"{one.Value} × {one.Key}")];

    /// <summary>Fills the table and returns its form, under the name of the stream's own.</summary>
    public async Task<DatasetTable> RunAsync(DropStep step, BatchStamp batch, CancellationToken cancel)
    {
        var headers = new List<(DropFile File, HeaderMap Map, int Width)>();
        foreach (var file in step.Files) headers.Add(await MapAsync(file, step, headers.FirstOrDefault().Map, cancel));
        table = DatasetTable.Of(scope.Stream.Raw, dataset, headers[0].Map.Columns, stamp);
        await CreateAsync(cancel);
        erased = await ErasedAsync(cancel);
        foreach (var (file, map, width) in headers) await FillAsync(file, map, width, batch, cancel);
        return table;
    }

    /// <summary>The records that gave way to another one with their key, as they came.</summary>
    public async Task NoteDoublesAsync(DropStep step, IReadOnlyList<(string? File, long Line)> doubles, CancellationToken cancel)
    {
        foreach (var file in step.Files)
        {
            var lines = doubles.Where(one => one.File is null || one.File == file.Path).Select(one => one.Line).ToHashSet();
            if (lines.Count == 0) continue;
            var rejects = await DoubledRecords.FindAsync(source, file, format, limits, lines, cancel);
            await ledger.WriteRejectsAsync(stamp.Load, rejects, cancel);
        }
        notes.Add($"{doubles.Count} records gave way to newer ones with the same key");
    }

    private async Task<(DropFile, HeaderMap, int)> MapAsync(DropFile file, DropStep step, HeaderMap? first, CancellationToken cancel)
    {
        await using var content = await DropFileContent.OpenAsync(source, file, cancel);
        using var reader = new CsvReader(content.Content, format.Dialect, limits);
        while (!reader.TryRead())
        {
            if (!await reader.FillAsync(cancel)) throw new HeldException($"{file.Name} is empty, without even a header") { CanBeAccepted = false };
        }
        RefuseUnreadable(file, reader);
        var header = new string[reader.Fields];
        var text = new FieldText(format.Encoding);
        for (var i = 0; i < header.Length; i++) header[i] = text.TryRead(reader.Field(i), out var name) ? Encoding.UTF8.GetString(name) : "";
        var known = first is null ? standing : [.. first.Columns.Select(column => column.Name)];
        var map = HeaderMap.Of(dataset, format, zone, header, known);
        if (first is not null && !map.Columns.Select(column => column.Name).SequenceEqual(first.Columns.Select(column => column.Name)))
            throw new HeldException($"{file.Name} has other columns than {step.Files[0].Name}; declare them all");
        notes.AddRange(map.Notes.Select(note => step.Files.Count > 1 ? $"{file.Name}: {note}" : note));
        return (file, map, header.Length);
    }

    private static void RefuseUnreadable(DropFile file, CsvReader reader)
    {
        var start = reader.Record.Span;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || start.Contains((byte)0))
            throw new HeldException($"{file.Name} looks like UTF-16 or is no text; it must be written as UTF-8, windows-1252 or latin1");
        if (reader.Fault != CsvFault.None) throw new HeldException($"the header of {file.Name} cannot be read ({Identifier.Snake(reader.Fault.ToString())}, line {reader.RecordLine})");
    }

    private async Task CreateAsync(CancellationToken cancel)
    {
        var made = table! with { Relation = target }; // set by the caller
        var isTemporary = target.Schema == "pg_temp";
        await Statement.RunAsync(scope.Connection, $"drop table if exists {target.Sql}", cancel);
        await made.CreateAsync(scope.Connection, isTemporary ? "create temp table" : "create table", cancel, isTemporary ? "on commit drop" : "");
    }

    private async Task FillAsync(DropFile file, HeaderMap map, int width, BatchStamp batch, CancellationToken cancel)
    {
        await using var content = await DropFileContent.OpenAsync(source, file, cancel);
        await using var ahead = new AheadStream(content.Content);
        using var reader = new CsvReader(ahead, format.Dialect, limits) { Width = width };
        while (!reader.TryRead() && await reader.FillAsync(cancel))
        {
        }
        var records = new RecordCopy(file.Path, format, map.Columns, width, stamp) { Erased = erased };
        while (await CopyAsync(reader, records, batch, cancel)) { }
        await ahead.EndAsync();
        var (bytes, sha256) = await content.FinishAsync(cancel);
        if (bytes != file.Bytes) throw new IOException($"{file.Path} changed while it was read: {bytes} bytes were there, {file.Bytes} were listed");
        Bytes += bytes;
        finished.Add(new FinishedFile(file.Path, bytes, sha256, reader.Lines, records.Records));
        files.Add(new DropPosition.File(file.Name, bytes, Convert.ToHexStringLower(sha256)));
        if (records.LeftOut > 0) notes.Add($"{records.LeftOut} records of erased subjects were left out");
        foreach (var (what, count) in records.Noted) noted[what] = noted.GetValueOrDefault(what) + count;
    }

    private async Task<ErasedRecords?> ErasedAsync(CancellationToken cancel)
    {
        if (source.SubjectOf(scope.Stream) is not { } column) return null;
        var values = await ErasedValues.ReadAsync(scope.Connection, scope.Context, source.Name, cancel);
        return values.IsEmpty ? null : new ErasedRecords(values, column);
    }

    // One COPY, until the file ends or the rejects want to be written; true when more follows.
    private async Task<bool> CopyAsync(CsvReader reader, RecordCopy records, BatchStamp batch, CancellationToken cancel)
    {
        var isMore = true;
        await using (var copy = await BinaryCopy.BeginAsync(scope.Connection, target, table!.ColumnNames, cancel, frozen: true)) // set before
        {
            while (isMore && records.RejectedBytes < MostHeld)
            {
                while (records.RejectedBytes < MostHeld && reader.TryRead())
                {
                    records.Write(copy, reader);
                    if (copy.IsFull) await copy.FlushAsync(cancel);
                }
                if (records.RejectedBytes < MostHeld) isMore = await reader.FillAsync(cancel);
            }
            Rows += await copy.CompleteAsync(cancel);
        }
        var bad = records.Rejects.Where(reject => !reject.IsNote).ToList();
        scope.Tally.RefuseTooMany(bad, Rejected);
        Rejected += bad.Count;
        await ledger.WriteRejectsAsync(batch.Load, records.Rejects, cancel);
        records.Forget();
        return isMore;
    }
}
