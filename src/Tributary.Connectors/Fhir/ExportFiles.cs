using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>The files of one export, read in their order from where the position stands.</summary>
internal sealed class ExportFiles(FhirServer server, SourceStream stream, Feed feed, StoredKeys stored, BulkManifest manifest)
{
    private const int Setbacks = 5;
    // A line of deletions is a whole Bundle.
    private const int LargestBundle = 32_000_000;

    private readonly FhirClient client = server.Client;
    private int setbacks;

    /// <summary>True when the server refused a file that its manifest names: links end before the job does.</summary>
    public bool AreGone { get; private set; }

    /// <summary>The error for a file that stays refused.</summary>
    public async Task<Exception> RefusedAsync(CancellationToken cancel)
    {
        var request = RequestOf(manifest.Files[feed.Position.Job!.File]); // the file that was refused
        using var answer = await client.SendAsync(request, cancel);
        if (answer.IsGood) return client.Transport.Unreachable("loses the files of its exports now and then");
        return await client.RefusedAsync(answer, request.Address, cancel);
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (!AreGone && Job.File < manifest.Files.Count)
        {
            var file = manifest.Files[Job.File];
            if (file.Kind == BulkFileKind.Output && file.Type != stream.Name)
            {
                feed.Batch.LeaveOut($"{(FhirResource.IsTypeName(file.Type) ? file.Type : "an unknown type")} in the export for {stream.Name}");
                Pass();
                continue;
            }
            using var answer = await client.SendAsync(RequestOf(file), cancel);
            if (!answer.IsGood) AreGone = true;
            else if (file.Kind == BulkFileKind.Output)
            {
                await foreach (var batch in ReadRecordsAsync(answer, cancel)) yield return batch;
            }
            else
            {
                await foreach (var batch in ReadLinesAsync(answer, file, cancel)) yield return batch;
            }
        }
    }

    private JobPosition Job
    {
        get => feed.Position.Job!; // an export is read only under its job
        set => feed.Position = feed.Position with { Job = value };
    }

    private FhirRequest RequestOf(BulkFile file) => new(client.Places.Allowed(file.Url, "a file of an export"))
    {
        Accept = "application/fhir+ndjson",
        WithToken = manifest.NeedsToken,
        IsJudgedByCaller = true,
    };

    private async IAsyncEnumerable<RecordBatch> ReadRecordsAsync(FhirAnswer answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var name = $"{stream.Name}.{Queries.Instant(manifest.TransactionTime)}.{Job.File + 1}.ndjson";
        using var file = await OpenAsync(answer, name, cancel);
        if (file is null) yield break;
        var state = FileState.Full;
        while (state == FileState.Full)
        {
            state = await FillAsync(file, cancel);
            Job = Job with { At = file.Position };
            if (state == FileState.Full) yield return feed.Take();
        }
        if (state == FileState.End) Pass();
        else await PauseAsync(cancel);
    }

    // Null when the connection broke before the place was reached where the reading goes on.
    private async Task<FhirFile?> OpenAsync(FhirAnswer answer, string name, CancellationToken cancel)
    {
        var content = FileContent.Of(await answer.BodyAsync(cancel));
        try
        {
            if (Job.At is null) feed.Batch.Start(name);
            if (await FhirFile.OpenAsync(content, name, stream, Job.At, cancel) is { } file) return file;
            Job = Job with { At = null }; // the file is another now: from its start
        }
        catch (Exception error) when (FhirTransport.IsLost(error, cancel))
        {
            content.Dispose();
        }
        await PauseAsync(cancel);
        return null;
    }

    private async Task<FileState> FillAsync(FhirFile file, CancellationToken cancel)
    {
        var before = feed.Batch.Records.Count;
        try
        {
            var isFull = await file.FillAsync(feed.Batch, cancel);
            if (isFull) setbacks = 0;
            return isFull ? FileState.Full : FileState.End;
        }
        catch (Exception error) when (FhirTransport.IsLost(error, cancel))
        {
            return FileState.Cut;
        }
        finally
        {
            feed.Know(before);
        }
    }

    private async IAsyncEnumerable<RecordBatch> ReadLinesAsync(FhirAnswer answer, BulkFile file, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var body = await answer.BodyAsync(cancel);
        using var lines = new LineReader(body, LargestBundle);
        var state = FileState.Full;
        while (state == FileState.Full)
        {
            while (state == FileState.Full && lines.TryRead(out var line))
            {
                if (line.Bytes.Length == 0) continue;
                if (file.Kind == BulkFileKind.Error) feed.Add(line);
                else await DeleteAsync(line, cancel);
                if (feed.IsFull) yield return feed.Take();
            }
            state = await FillAsync(lines, cancel);
        }
        if (state == FileState.End) Pass();
        else await PauseAsync(cancel);
    }

    private static async Task<FileState> FillAsync(LineReader lines, CancellationToken cancel)
    {
        try
        {
            return await lines.FillAsync(cancel) ? FileState.Full : FileState.End;
        }
        catch (Exception error) when (FhirTransport.IsLost(error, cancel))
        {
            return FileState.Cut;
        }
    }

    // What the export lists as deleted was gone when it began; it seldom says since when.
    private async Task DeleteAsync(Line line, CancellationToken cancel)
    {
        if (!MemoryMarshal.TryGetArray(line.Bytes, out var bytes) || line.IsOverSize)
        {
            feed.Batch.Add(FhirRecord.RejectOf($"{stream.Name} deletions", line, RejectReason.OverSize, $"a line of the deletions of an export has {line.Length} bytes"));
            return;
        }
        using var content = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false); // the segment lies in an array
        using var entries = new BundleReader(content, LargestBundle, isHashed: false);
        var found = new List<FhirDeletion>();
        try
        {
            do
            {
                while (entries.TryRead(out var entry))
                {
                    if (entry.IsDeletion && FhirDeletion.Of(entry) is var deletion && deletion.Type == stream.Name) found.Add(deletion);
                }
            }
            while (await entries.FillAsync(cancel));
        }
        catch (System.Text.Json.JsonException)
        {
            const string detail = "a line of the deletions of an export is no JSON";
            feed.Batch.Add(FhirRecord.RejectOf($"{stream.Name} deletions", line, RejectReason.BadJson, detail));
        }
        var keys = await stored.FindAsync([.. found.Select(deletion => deletion.Id)], cancel);
        foreach (var deletion in found)
        {
            var known = keys.GetValueOrDefault(deletion.Id);
            if (deletion.LastUpdated is not null) feed.AddFound(deletion);
            else if (!(known.LastUpdated > manifest.TransactionTime)) feed.AddFound(deletion.Placed(known, manifest.TransactionTime - server.Overlap));
        }
    }

    private void Pass()
    {
        setbacks = 0;
        Job = Job with { File = Job.File + 1, At = null };
    }

    private async Task PauseAsync(CancellationToken cancel)
    {
        if (++setbacks > Setbacks) throw client.Transport.Unreachable($"breaks off while it gives the export of {stream.Name}");
        await client.Transport.WaitAsync(setbacks, null, cancel);
    }

    private enum FileState
    {
        Full,
        End,
        Cut,
    }
}
