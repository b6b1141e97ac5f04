namespace Tributary.Core.Ingest.Formats;

/// <summary>Reads one NDJSON file of FHIR resources of one type into batches.</summary>
public sealed class FhirLines : IDisposable
{
    private readonly string name;
    private readonly string type;
    private readonly FileContent file;
    private readonly LineReader lines;
    private long records;

    private FhirLines(string path, string name, string type, int maxRecordBytes)
    {
        this.name = name;
        this.type = type;
        file = FileContent.Open(path);
        lines = new LineReader(file.Content, maxRecordBytes);
    }

    /// <summary>
    /// Opens the file behind a position; null when the part before it is not what was read then.
    /// <paramref name="name"/> is how the ledger calls the file.
    /// </summary>
    public static async Task<FhirLines?> OpenAsync(
        string path, string name, SourceStream stream, FilePosition? from, CancellationToken cancel)
    {
        var reader = new FhirLines(path, name, stream.Name, (int)Math.Min(stream.Source.Load.MaxRecordBytes.Bytes, Array.MaxLength / 4));
        if (from is null || await reader.SkipAsync(from, cancel)) return reader;
        reader.Dispose();
        return null;
    }

    /// <summary>Where the next record starts.</summary>
    public FilePosition Position => new(name, lines.Offset, lines.Lines, records, Convert.ToHexStringLower(lines.HashSoFar()));

    /// <summary>Fills the batch; true when it is full, false at the end of the file.</summary>
    public async Task<bool> FillAsync(RecordBatch batch, CancellationToken cancel)
    {
        do
        {
            while (lines.TryRead(out var line))
            {
                Add(batch, line);
                if (batch.IsFull) return true;
            }
        }
        while (await lines.FillAsync(cancel));
        return false;
    }

    /// <summary>The file as a whole, when its end was reached.</summary>
    public async Task<FinishedFile> FinishAsync(CancellationToken cancel)
    {
        var (bytes, sha256) = await file.FinishAsync(cancel);
        return new FinishedFile(name, bytes, sha256, lines.Lines, records);
    }

    public void Dispose()
    {
        lines.Dispose();
        file.Dispose();
    }

    private async Task<bool> SkipAsync(FilePosition from, CancellationToken cancel)
    {
        if (!await lines.SkipAsync(from.Offset, from.Lines, cancel)) return false;
        records = from.Records;
        return Position == from;
    }

    private void Add(RecordBatch batch, in Line line)
    {
        var bytes = line.Bytes.Span;
        if (line.Number == 1 && bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        bytes = bytes.Trim(" \t\r"u8);
        if (bytes.IsEmpty && !line.IsOverSize) return;
        records++;
        if (line.IsOverSize)
        {
            batch.Add(RejectOf(line, RejectReason.OverSize, $"the record has {line.Length} bytes, more than max_record_bytes"));
            return;
        }
        if (FhirResource.Read(bytes, type, out var key, out var detail) is { } reason) batch.Add(RejectOf(line, reason, detail));
        else batch.Add(key, bytes, name, line.Number, line.Offset);
    }

    private Reject RejectOf(in Line line, RejectReason reason, string detail) =>
        new(name, line.Number, line.Offset, line.Length, reason, detail, line.Bytes[..Math.Min(line.Bytes.Length, Reject.MaxBytes)].ToArray());
}
