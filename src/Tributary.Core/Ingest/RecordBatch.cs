using System.Buffers;

namespace Tributary.Core.Ingest;

/// <summary>
/// Records that are committed together, and where the stream goes on after them. Filled by a source, one batch at a
/// time, until <see cref="IsFull"/>; its bytes go back to the pool when it is disposed.
/// </summary>
public sealed class RecordBatch(long maxBytes) : IDisposable
{
    private readonly List<Record> records = [];
    private readonly List<Reject> rejects = [];
    private readonly List<string> started = [];
    private readonly List<FinishedFile> finished = [];
    private readonly Dictionary<string, long> leftOut = [];
    private readonly List<byte[]> blocks = [];
    private int used;
    private long rejectedBytes;

    public IReadOnlyList<Record> Records => records;

    public IReadOnlyList<Reject> Rejects => rejects;

    /// <summary>Files that this batch begins from their first byte; their earlier rejects no longer count.</summary>
    public IReadOnlyList<string> Started => started;

    /// <summary>Files whose last record is in this batch.</summary>
    public IReadOnlyList<FinishedFile> Finished => finished;

    /// <summary>What the source holds and no stream reads, with its count: said to the user, so that nothing is lost silently.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => leftOut;

    /// <summary>What else the user should know of the load, such as that no file belongs to the stream.</summary>
    public string? Remark { get; set; }

    /// <summary>The reject whose corrected record this batch holds; null in a load.</summary>
    internal long? Released { get; init; }

    /// <summary>Bytes of records, rejects included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where the stream goes on, as JSON that only the source understands; set before the batch is handed out.</summary>
    public string Position { get; set; } = "{}";

    /// <summary>The file that the batch ends in, for progress.</summary>
    public string? CurrentFile { get; set; }

    public bool IsFull => Bytes >= maxBytes || rejectedBytes >= maxBytes || finished.Count >= 1000;

    public bool IsEmpty => records.Count + rejects.Count + started.Count + finished.Count == 0;

    /// <summary>Copies the record's bytes.</summary>
    public void Add(in RecordKey key, ReadOnlySpan<byte> bytes, string file, long line, long offset, bool keepsDocument = false)
    {
        var copy = Rent(bytes.Length);
        bytes.CopyTo(copy.Span);
        records.Add(new Record(key, Record.HashOf(bytes), copy, file, line, offset) { KeepsDocument = keepsDocument });
        Bytes += bytes.Length;
    }

    public void Add(Reject reject)
    {
        rejects.Add(reject);
        rejectedBytes += reject.Bytes.Length + 512;
        Bytes += reject.Length;
    }

    public void LeaveOut(string what) => leftOut[what] = leftOut.GetValueOrDefault(what) + 1;

    public void Start(string file) => started.Add(file);

    public void Finish(FinishedFile file) => finished.Add(file);

    public void Dispose()
    {
        foreach (var block in blocks) ArrayPool<byte>.Shared.Return(block);
        blocks.Clear();
        records.Clear();
    }

    private Memory<byte> Rent(int length)
    {
        if (blocks.Count == 0 || blocks[^1].Length - used < length)
        {
            blocks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(length, 1 << 20)));
            used = 0;
        }
        used += length;
        return blocks[^1].AsMemory(used - length, length);
    }
}
