using System.Runtime.CompilerServices;
using System.Text.Json;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Connectors.Couch;

/// <summary>What a database holds now, by <c>_all_docs</c>: every id with its revision, or some documents.</summary>
internal sealed class AllDocuments(CouchClient client, CouchDb source, string database)
{
    private string Path => $"{CouchDb.PathOf(database)}/_all_docs";

    public async IAsyncEnumerable<RecordKey> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await FeedAnswer.OpenAsync(client, source, Path, $"documents of {database}", default, cancel);
        do
        {
            while (Next(answer, out _) is { } row) yield return new RecordKey(row.Id!, row.Revision, null); // Next gives rows with an id
        }
        while (await answer.FillAsync(cancel));
        if (!answer.Objects.IsComplete) throw CouchFailure.Cut(source, $"the documents of {database}");
    }

    /// <summary>The documents under these ids as they are now; one that is gone is a deletion. The caller disposes the batch.</summary>
    public async Task<RecordBatch> FetchAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var intake = new DocumentIntake(source, database, rowsBefore: 0);
        var batch = new RecordBatch(source.Load.BatchBytes.Bytes);
        using var answer = await FeedAnswer.OpenAsync(client, source, $"{Path}?include_docs=true{source.AttachmentOption}", $"documents of {database}", default, cancel, new { keys = ids });
        do
        {
            while (Next(answer, out var line) is { } row)
            {
                if (row.IsError || row.IsDeleted) intake.AddGone(batch, row.Id!, row.Revision); // as above
                else intake.Add(batch, line, row);
            }
        }
        while (await answer.FillAsync(cancel));
        if (!answer.Objects.IsComplete) throw CouchFailure.Cut(source, $"the documents of {database}");
        return batch;
    }

    private Change? Next(FeedAnswer answer, out Tributary.Core.Ingest.Formats.Line line)
    {
        try
        {
            if (!answer.Objects.TryRead(out line)) return null;
            var row = Change.Read(line.Bytes, isWhole: !line.IsOverSize);
            return row.Id is not null ? row : throw new TransientException($"{source.Host} broke off the documents of {database} with an error.");
        }
        catch (JsonException)
        {
            throw CouchFailure.Refuse(source, $"{source.Host} answers with something that is no list of documents.", "Is there a CouchDB at `url:`?");
        }
    }
}
