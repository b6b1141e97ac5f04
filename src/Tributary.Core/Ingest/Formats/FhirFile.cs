namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// One file of FHIR resources that is read into batches: NDJSON or a JSON Bundle, by its name. The format's own part is below it;
/// what is common is the place of each record, the rejects, and where to go on.
/// </summary>
public abstract class FhirFile : IDisposable
{
    private readonly FileContent content;

    private protected FhirFile(FileContent content, string name, SourceStream stream)
    {
        this.content = content;
        Name = name;
        Type = stream.Name;
        MaxRecordBytes = (int)stream.Source.Load.MaxRecordBytes.Bytes;
    }

    /// <summary>How the ledger calls the file.</summary>
    public string Name { get; }

    /// <summary>Where the next record starts.</summary>
    public abstract FilePosition Position { get; }

    private protected string Type { get; }

    private protected int MaxRecordBytes { get; }

    private protected long Records { get; set; }

    private protected abstract long Lines { get; }

    /// <summary>
    /// Opens the file behind a position; null when the part before it is not what was read then.
    /// <paramref name="name"/> is its path below the source's folder.
    /// </summary>
    public static async Task<FhirFile?> OpenAsync(
        string path, string name, SourceStream stream, FilePosition? from, CancellationToken cancel)
    {
        return await OpenAsync(FileContent.Open(path, isHashedByReader: IsLines(name)), name, stream, from, cancel);
    }

    /// <summary>The same for content that lies elsewhere; it is disposed with the file.</summary>
    public static async Task<FhirFile?> OpenAsync(
        FileContent content, string name, SourceStream stream, FilePosition? from, CancellationToken cancel)
    {
        FhirFile file = IsLines(name) ? new FhirLines(content, name, stream) : new FhirBundle(content, name, stream);
        if (from is null || (await file.SkipAsync(from, cancel) && file.Position == from)) return file;
        file.Dispose();
        return null;
    }

    /// <summary>True for <c>.ndjson</c> and <c>.ndjson.gz</c>.</summary>
    public static bool IsLines(string name) =>
        name.EndsWith(".ndjson", StringComparison.Ordinal) || name.EndsWith(".ndjson.gz", StringComparison.Ordinal);

    /// <summary>True for <c>.json</c> and <c>.json.gz</c>.</summary>
    public static bool IsBundle(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith(".json.gz", StringComparison.Ordinal);

    /// <summary>
    /// Fills the batch; true when it is full, false at the end of the file. What cannot be read further (a damaged archive)
    /// ends the file with a reject.
    /// </summary>
    public async Task<bool> FillAsync(RecordBatch batch, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(batch, cancel);
        }
        catch (InvalidDataException)
        {
            var at = Position;
            Records++;
            const string detail = "the archive is damaged from here on; what stood before it is loaded";
            batch.Add(new Reject(Name, at.Lines + 1, at.Offset, 0, RejectReason.DamagedFile, detail, default));
            return false;
        }
    }

    /// <summary>The file as a whole, when its end was reached.</summary>
    public async Task<FinishedFile> FinishAsync(CancellationToken cancel)
    {
        var (bytes, sha256) = await content.FinishAsync(cancel) ?? (Position.Offset, Convert.FromHexString(Position.Sha256));
        return new FinishedFile(Name, bytes, sha256, Lines, Records);
    }

    public void Dispose()
    {
        DisposeReader();
        content.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<bool> ReadAsync(RecordBatch batch, CancellationToken cancel);

    private protected abstract Task<bool> SkipAsync(FilePosition from, CancellationToken cancel);

    private protected abstract void DisposeReader();

    /// <summary>Puts a record, or the reject that it is, into the batch.</summary>
    private protected void Add(RecordBatch batch, in Line record, ReadOnlySpan<byte> document)
    {
        Records++;
        if (FhirRecord.Judge(Name, Type, MaxRecordBytes, record, document, out var key) is { } reject) batch.Add(reject);
        else batch.Add(key, document, Name, record.Number, record.Offset);
    }

    private protected Reject RejectOf(in Line record, RejectReason reason, string detail) => FhirRecord.RejectOf(Name, record, reason, detail);
}
