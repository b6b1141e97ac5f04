using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Reads what changed since a time by bulk export. The job's address is part of the position, so that after an interruption the same
/// job is waited for and its files are read on; the manifest's transactionTime is where the stream stands at the end.
/// </summary>
internal sealed class ExportWalk(FhirServer server, SourceStream stream, Feed feed, StoredKeys stored)
{
    private const int Restarts = 2;

    private readonly FhirClient client = server.Client;
    private readonly BulkJob job = new(server, stream);
    private int restarts;

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await DeleteFinishedAsync(cancel);
        for (BulkManifest? manifest = null; manifest is null;)
        {
            if (feed.Position.Job is null)
            {
                feed.Position = feed.Position with { Job = new JobPosition(await job.BeginAsync(feed.Position.Since, cancel)) };
                yield return feed.Take(); // from here on the job is known, whatever happens to us
            }
            var (ended, failure) = await EndAsync(feed.Position.Job!.Status, cancel); // set above
            if (failure is not null)
            {
                feed.Position = feed.Position with { Job = null };
                yield return feed.Take();
                throw failure.Explained;
            }
            if (ended is not null)
            {
                var files = new ExportFiles(server, stream, feed, stored, ended);
                await foreach (var batch in files.ReadAsync(cancel)) yield return batch;
                if (!files.AreGone) manifest = ended;
                if (files.AreGone && restarts >= Restarts) throw await files.RefusedAsync(cancel);
            }
            if (manifest is not null) feed.Position = Done(manifest, feed.Position);
            else if (restarts++ >= Restarts) throw client.Transport.Unreachable("forgets its exports before they can be read");
            else feed.Position = feed.Position with { Job = null };
        }
        yield return feed.Take();
        await DeleteFinishedAsync(cancel);
    }

    private static FhirPosition Done(BulkManifest manifest, FhirPosition position) => position with
    {
        Job = null,
        Walk = null,
        Finished = position.Job!.Status, // the job that was just read
        Since = manifest.TransactionTime,
    };

    private async Task<(BulkManifest? Manifest, ExportFailedException? Failure)> EndAsync(string status, CancellationToken cancel)
    {
        try
        {
            return (await job.EndAsync(status, cancel), null);
        }
        catch (ExportFailedException failure)
        {
            return (null, failure);
        }
    }

    private async Task DeleteFinishedAsync(CancellationToken cancel)
    {
        if (feed.Position.Finished is not { } status) return;
        await job.DeleteAsync(status, cancel);
        feed.Position = feed.Position with { Finished = null };
    }
}
