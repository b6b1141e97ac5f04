using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text;

namespace Tributary.Connectors;

/// <summary>
/// A folder tree of FHIR files: NDJSON, also packed with gzip. The files of a stream start with its resource type
/// (<c>Patient.ndjson</c>, <c>Patient.000.ndjson.gz</c>, <c>sub/Patient-1.ndjson</c>), case and all.
/// </summary>
[Kind("bulk_files")]
[Description("A folder of FHIR files as NDJSON (also .gz).")]
public sealed record BulkFiles(
    string Name,
    string Folder,
    string Path,
    IReadOnlyDictionary<string, StreamSettings?> Resources,
    LoadSettings Load) : Source(Name, Load)
{
    private string Root => System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, Path));

    public override IReadOnlyList<SourceStream> Streams =>
        [.. Resources.Select(entry => new SourceStream(this, entry.Key, entry.Value ?? new StreamSettings()))];

    public override async Task<string?> LookAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel)
    {
        if (FilePosition.Parse(checkpoint.Position) is { } position) return $"the load of {position.File} was interrupted";
        foreach (var file in FilesOf(stream))
        {
            if (!await IsKnownAsync(file, checkpoint, cancel))
                return checkpoint.Files.ContainsKey(file) ? $"{file} changed" : $"{file} is new";
        }
        return null;
    }

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(
        SourceStream stream, Checkpoint checkpoint, [EnumeratorCancellation] CancellationToken cancel)
    {
        var position = FilePosition.Parse(checkpoint.Position);
        var batch = new RecordBatch(Load.BatchBytes.Bytes);
        // The file that was interrupted goes first: a new file before it would overwrite its position.
        foreach (var file in FilesOf(stream).OrderBy(file => file != position?.File))
        {
            var from = position?.File == file ? position : null;
            if (from is null && await IsKnownAsync(file, checkpoint, cancel)) continue;
            using var reader = await OpenAsync(stream, file, from, batch, cancel);
            batch.CurrentFile = file;
            while (await reader.FillAsync(batch, cancel))
            {
                batch.Position = reader.Position.ToJson();
                yield return batch;
                batch = new RecordBatch(Load.BatchBytes.Bytes) { CurrentFile = file };
            }
            batch.Finish(await reader.FinishAsync(cancel));
        }
        if (batch.IsEmpty) batch.Dispose();
        else yield return batch;
    }

    private async Task<FhirLines> OpenAsync(
        SourceStream stream, string file, FilePosition? from, RecordBatch batch, CancellationToken cancel)
    {
        var path = System.IO.Path.Combine(Root, file);
        if (from is not null && await FhirLines.OpenAsync(path, file, stream, from, cancel) is { } resumed) return resumed;
        batch.Start(file);
        return await FhirLines.OpenAsync(path, file, stream, null, cancel)
            ?? throw new InvalidOperationException("A file opened at its start cannot differ from its position.");
    }

    private async Task<bool> IsKnownAsync(string file, Checkpoint checkpoint, CancellationToken cancel)
    {
        var path = System.IO.Path.Combine(Root, file);
        if (!checkpoint.Files.TryGetValue(file, out var known) || new FileInfo(path).Length != known.Bytes) return false;
        var sha256 = await FileContent.HashAsync(path, cancel);
        return sha256.AsSpan().SequenceEqual(known.Sha256);
    }

    // Ordinal order of the path below the folder, so that every machine reads the files alike.
    private IReadOnlyList<string> FilesOf(SourceStream stream)
    {
        if (!Directory.Exists(Root))
        {
            throw new UserErrorException(
                ErrorCodes.SourceUnreadable, null, $"The source {Name} reads the folder '{Path}', which is not there.",
                "Create it or change `path`.");
        }
        return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path))
            .Where(file => Belongs(file, stream.Name)).Order(StringComparer.Ordinal)];
    }

    private static bool Belongs(string file, string type)
    {
        var name = System.IO.Path.GetFileName(file);
        return name.StartsWith(type, StringComparison.Ordinal) && name.Length > type.Length && !char.IsLetter(name[type.Length])
            && (name.EndsWith(".ndjson", StringComparison.Ordinal) || name.EndsWith(".ndjson.gz", StringComparison.Ordinal));
    }
}
