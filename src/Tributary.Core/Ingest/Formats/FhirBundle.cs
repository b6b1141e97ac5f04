using System.Text.Json;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// A JSON Bundle. Every stream of the source reads it and takes the entries of its type; what belongs to no stream is
/// reported by the first one. An entry whose request is <c>DELETE Type/id</c> is a deletion.
/// </summary>
internal sealed class FhirBundle(FileContent content, string name, SourceStream stream) : FhirFile(content, name, stream)
{
    private readonly BundleReader entries = new(content.Content, (int)stream.Source.Load.MaxRecordBytes.Bytes);
    private readonly HashSet<string> types = [.. stream.Source.ListStreams().Select(one => one.Name)];
    private readonly bool speaksForOthers = stream.Source.ListStreams()[0].Name == stream.Name;

    public override FilePosition Position => new(Name, entries.Offset, entries.Lines, Records, Convert.ToHexStringLower(entries.HashSoFar()));

    private protected override long Lines => entries.Lines;

    private protected override async Task<bool> ReadAsync(RecordBatch batch, CancellationToken cancel)
    {
        try
        {
            do
            {
                while (entries.TryRead(out var entry))
                {
                    Add(batch, entry);
                    if (batch.IsFull) return true;
                }
            }
            while (await entries.FillAsync(cancel));
            if (!entries.IsBundle && speaksForOthers) batch.LeaveOut($"{Name}, which is no Bundle");
        }
        catch (JsonException) when (speaksForOthers)
        {
            Records++;
            var place = new Line(default, entries.Lines + 1, entries.Offset, 0, false);
            const string detail = "behind this entry the file is not JSON or holds a value over the limit; what stood before is loaded";
            batch.Add(RejectOf(place, RejectReason.BadJson, detail));
        }
        catch (JsonException)
        {
            // The first stream of the source has the reject.
        }
        return false;
    }

    private protected override async Task<bool> SkipAsync(FilePosition from, CancellationToken cancel)
    {
        Records = from.Records;
        while (entries.Offset < from.Offset)
        {
            if (!entries.TryRead(out _) && !await entries.FillAsync(cancel)) return false;
        }
        return true;
    }

    private protected override void DisposeReader() => entries.Dispose();

    private void Add(RecordBatch batch, in BundleEntry entry)
    {
        var document = entry.Resource.Bytes.Span;
        if (entry.IsDeletion) Delete(batch, entry);
        else if (document.IsEmpty) return;
        else if (FhirResource.TypeOf(document) is not { } type) AddStray(batch, entry);
        else if (type == Type) Add(batch, entry.Resource, document);
        else if (speaksForOthers && !types.Contains(type)) LeaveOut(batch, type);
    }

    private void AddStray(RecordBatch batch, in BundleEntry entry)
    {
        if (speaksForOthers) Add(batch, entry.Resource, entry.Resource.Bytes.Span);
    }

    private void LeaveOut(RecordBatch batch, string type) =>
        batch.LeaveOut($"{(FhirResource.IsTypeName(type) ? type : "an unknown type")} in {Name}");

    private void Delete(RecordBatch batch, in BundleEntry entry)
    {
        var deletion = FhirDeletion.Of(entry);
        if (deletion.Type != Type)
        {
            if (speaksForOthers && !types.Contains(deletion.Type)) LeaveOut(batch, deletion.Type);
            return;
        }
        var place = entry.Resource with { Bytes = deletion.Document, Number = entries.Lines + 1, Offset = entries.Offset, Length = deletion.Document.Length };
        Records++;
        if (FhirResource.Read(deletion.Document, Type, out var key, out var detail) is { } reason) batch.Add(RejectOf(place, reason, detail));
        else batch.Add(deletion.Dated(key), deletion.Document, Name, place.Number, place.Offset);
    }
}
