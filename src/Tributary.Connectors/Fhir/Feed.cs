using System.Text;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Turns what a server gives for one type into batches. Leaves out what the overlap brings again; keeps the position that goes with
/// each batch. A record's place is the stream's name and its number in the order of reading.
/// </summary>
internal sealed class Feed : IDisposable
{
    private const long WorthLoading = 1_000_000;

    private readonly SourceStream stream;
    private readonly long batchBytes;
    private readonly int mostBytes;
    private readonly RecentRecords recent;
    private readonly HashSet<string> remarks = [];
    private readonly TimeSpan overlap;
    private FhirPosition position;
    private RecordBatch batch;
    private long records;

    public Feed(SourceStream stream, FhirPosition position, TimeSpan overlap, long? batchBytes = null)
    {
        this.stream = stream;
        this.batchBytes = batchBytes ?? stream.Source.Load.BatchBytes.Bytes;
        mostBytes = (int)stream.Source.Load.MaxRecordBytes.Bytes;
        this.overlap = overlap;
        this.position = position;
        recent = new RecentRecords(position.Recent);
        records = position.Records;
        batch = new RecordBatch(this.batchBytes);
    }

    /// <summary>Where the reading stands behind what was added.</summary>
    public FhirPosition Position
    {
        get => position;
        set
        {
            position = value;
            // The next reading begins there, at a whole millisecond.
            if (value.Since is { } since) recent.Forget(Queries.Floor(since - overlap));
        }
    }

    public bool IsFull => batch.IsFull;

    /// <summary>Enough to be loaded while the next page is waited for; a smaller part is not worth a commit of its own.</summary>
    public bool IsWorthLoading => batch.Bytes >= Math.Min(WorthLoading, batchBytes);

    /// <summary>The latest time among all records that were read.</summary>
    public DateTime Newest => recent.Newest;

    /// <summary>True when something was added since the last <see cref="Take"/>.</summary>
    public bool HasNews => !batch.IsEmpty;

    /// <summary>The batch for formats that fill it themselves; they tell by <see cref="Know"/> what they added.</summary>
    public RecordBatch Batch => batch;

    /// <summary>The batch's records from <paramref name="first"/> on were read.</summary>
    public void Know(int first)
    {
        foreach (var record in batch.Records.Skip(first))
        {
            if (record.Key.LastUpdated is { } at) recent.Add(PrintOf(record.Hash, record.Key), at);
        }
    }

    /// <summary>Hands the batch out and begins the next one.</summary>
    public RecordBatch Take()
    {
        var taken = batch;
        Position = Position with { Recent = recent.ToString(), Records = records };
        taken.Position = Position.ToJson();
        taken.CurrentFile = stream.Name;
        batch = new RecordBatch(batchBytes);
        return taken;
    }

    public void Dispose() => batch.Dispose();

    /// <summary>Something that the user should know, once.</summary>
    public void Remark(string text)
    {
        if (remarks.Add(text)) batch.Remark = batch.Remark is { } before ? $"{before}; {text}" : text;
    }

    /// <summary>A resource of the stream's type, a message of the server, or something else that it sent along.</summary>
    public Added Add(in Line resource)
    {
        var document = resource.Bytes.Span;
        var place = resource with { Number = records + 1, Offset = records + 1 };
        if (FhirRecord.Judge(stream.Name, stream.Name, mostBytes, place, document, out var key) is not { } reject) return Add(key, document, place);
        if (reject.Reason == RejectReason.WrongType) return AddStranger(place);
        return AddReject(reject);
    }

    /// <summary>A deletion that the server reports; it comes again with the overlap, as records do.</summary>
    public Added Add(FhirDeletion deletion) => Add(deletion, comesAgain: true, null);

    /// <summary>A deletion that does not say when it happened, with the time that we reckon; it may have happened until <paramref name="latest"/>.</summary>
    public Added AddUndated(FhirDeletion deletion, DateTime latest) => Add(deletion, comesAgain: true, latest);

    /// <summary>A deletion that we found by asking; its time is our own reckoning.</summary>
    public void AddFound(FhirDeletion deletion) => Add(deletion, comesAgain: false, null);

    private Added Add(FhirDeletion deletion, bool comesAgain, DateTime? latest)
    {
        var place = new Line(deletion.Document, records + 1, records + 1, deletion.Document.Length, false);
        if (FhirRecord.Judge(stream.Name, stream.Name, mostBytes, place, deletion.Document, out var key) is { } reject) return AddReject(reject);
        return Add(deletion.Dated(key), deletion.Document, place, comesAgain, latest);
    }

    private Added Add(in RecordKey key, ReadOnlySpan<byte> document, in Line place, bool comesAgain = true, DateTime? latest = null)
    {
        var at = key.LastUpdated;
        if (comesAgain && at is { } known && recent.MayHold(known) && recent.Holds(PrintOf(Record.HashOf(document), key))) return new Added(AddedAs.Record, at);
        records++;
        batch.Add(key, document, stream.Name, place.Number, place.Offset);
        if (comesAgain && at is { } when) recent.Add(PrintOf(batch.Records[^1].Hash, key), when, latest);
        return new Added(AddedAs.Record, at, true);
    }

    private Added AddStranger(in Line place)
    {
        if (OutcomeIssues.Read(place.Bytes.Span) is not { } issues)
        {
            var type = FhirResource.TypeOf(place.Bytes.Span);
            batch.LeaveOut($"{(type is not null && FhirResource.IsTypeName(type) ? type : "an unknown type")} in what the server gives for {stream.Name}");
            return new Added(AddedAs.Aside);
        }
        var codes = issues.Codes.Length > 0 ? $" ({issues.Codes})" : "";
        if (issues.IsError) return AddReject(FhirRecord.RejectOf(stream.Name, place, RejectReason.ServerOutcome, $"the server reports an error{codes} where a record should stand"));
        Remark($"the server warns{codes}");
        return new Added(AddedAs.Aside);
    }

    // A bad record comes again with every overlap; it is kept once.
    private Added AddReject(Reject reject)
    {
        var print = PrintOf(Record.HashOf(reject.Bytes.Span), default);
        if (recent.Holds(print)) return new Added(AddedAs.Reject);
        records++;
        batch.Add(reject);
        recent.Add(print, recent.Newest);
        return new Added(AddedAs.Reject, null, true);
    }

    // A deletion has the same document every time; its version tells it apart, or when it happened.
    private static ulong PrintOf(UInt128 hash, in RecordKey key)
    {
        if (!key.IsDeletion) return (ulong)hash;
        return (ulong)hash ^ (key.Version is { } version ? (ulong)Record.HashOf(Encoding.UTF8.GetBytes(version)) : (ulong)(key.LastUpdated?.Ticks ?? 0));
    }
}

/// <summary>What became of something that a server gave, and when it was last updated.</summary>
internal readonly record struct Added(AddedAs As, DateTime? At = null, bool IsNew = false);

internal enum AddedAs
{
    /// <summary>A message of the server, or something that nobody asked for.</summary>
    Aside,
    Record,
    Reject,
}
