using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using FilePath = System.IO.Path;

namespace Tributary.Connectors;

/// <summary>
/// A folder tree of FHIR files: NDJSON and JSON Bundles, also packed with gzip. The NDJSON files of a stream start with its resource
/// type (<c>Patient.ndjson</c>, <c>Patient.000.ndjson.gz</c>, <c>sub/Patient-1.ndjson</c>), case and all, unless it names others;
/// every Bundle may hold some of it.
/// </summary>
[Kind("bulk_files")]
[Description("A folder of FHIR files: NDJSON and JSON Bundles, also packed with gzip.")]
public sealed record BulkFiles(
    [Given] string Name,
    [Given] string ProjectFolder,
    SourcePosition At,
    [Description("The folder, relative to the project's.")] string Path,
    [Description("The resource types to load, as a list or with settings of their own.")][Names] IReadOnlyDictionary<string, StreamSettings?> Streams,
    [Inline] LoadSettings Load) : DocumentSource(Name, At, Load)
{
    private string Root => FilePath.GetFullPath(FilePath.Combine(ProjectFolder, Path));

    public override IReadOnlyList<SourceStream> ListStreams() =>
        [.. Streams.Select(entry => new SourceStream(this, entry.Key, entry.Value ?? new StreamSettings()))];

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        foreach (var type in Streams.Keys.Where(type => !FhirResource.IsTypeName(type)))
            check.Refuse("streams", $"'{type}' is no FHIR resource type", "Types are words such as Patient or QuestionnaireResponse.");
    }

    public override async Task<string?> LookAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel)
    {
        if (FilePosition.Parse(checkpoint.Position) is { } position) return $"the load of {position.File} was interrupted";
        var files = FilesOf(stream);
        if (stream.Disposition == Disposition.Replace && checkpoint.Files.Keys.Except(files).FirstOrDefault() is { } gone) return $"{gone} is gone";
        foreach (var file in files)
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
        LeaveOutStrangers(stream, batch);
        var files = FilesOf(stream);
        if (files.Length == 0) batch.Remark = $"no file below {Path} belongs to {stream.Name}";
        // The file that was interrupted goes first: a new file before it would overwrite its position.
        foreach (var file in files.OrderBy(file => file != position?.File))
        {
            var from = position?.File == file ? position : null;
            if (from is null && await IsKnownAsync(file, checkpoint, cancel)) continue;
            using var reader = await OpenAsync(stream, file, from ?? await GrownAsync(stream, file, checkpoint, cancel), batch, cancel);
            batch.CurrentFile = file;
            while (await reader.FillAsync(batch, cancel))
            {
                batch.Position = reader.Position.ToJson();
                yield return batch;
                batch = new RecordBatch(Load.BatchBytes.Bytes) { CurrentFile = file };
            }
            batch.Finish(await reader.FinishAsync(cancel));
        }
        yield return batch;
    }

    private async Task<FhirFile> OpenAsync(
        SourceStream stream, string file, FilePosition? from, RecordBatch batch, CancellationToken cancel)
    {
        var path = FilePath.Combine(Root, file);
        if (from is not null && await FhirFile.OpenAsync(path, file, stream, from, cancel) is { } resumed) return resumed;
        batch.Start(file);
        return await FhirFile.OpenAsync(path, file, stream, null, cancel)
            ?? throw new InvalidOperationException("A file opened at its start cannot differ from its position.");
    }

    // Appending must not bring the first part of a file again when lines were added behind it. The position is that of the old end,
    // and holds only when its last line was ended.
    private async Task<FilePosition?> GrownAsync(SourceStream stream, string file, Checkpoint checkpoint, CancellationToken cancel)
    {
        if (stream.Disposition != Disposition.Append || !file.EndsWith(".ndjson", StringComparison.Ordinal)) return null;
        if (!checkpoint.Files.TryGetValue(file, out var known) || known.Bytes == 0) return null;
        using var handle = File.OpenHandle(FilePath.Combine(Root, file));
        var last = new byte[1];
        if (RandomAccess.GetLength(handle) <= known.Bytes || await RandomAccess.ReadAsync(handle, last, known.Bytes - 1, cancel) != 1) return null;
        return last[0] == '\n' ? new FilePosition(file, known.Bytes, known.Lines, known.Records, Convert.ToHexStringLower(known.Sha256)) : null;
    }

    private async Task<bool> IsKnownAsync(string file, Checkpoint checkpoint, CancellationToken cancel)
    {
        var path = FilePath.Combine(Root, file);
        if (!checkpoint.Files.TryGetValue(file, out var known) || new FileInfo(path).Length != known.Bytes) return false;
        var sha256 = await FileContent.HashAsync(path, cancel);
        return sha256.AsSpan().SequenceEqual(known.Sha256);
    }

    private string[] FilesOf(SourceStream stream) => [.. AllFiles().Where(file => Belongs(file, stream))];

    // NDJSON files that no stream claims are told once, by the first stream.
    private void LeaveOutStrangers(SourceStream stream, RecordBatch batch)
    {
        var streams = ListStreams();
        if (streams[0].Name != stream.Name) return;
        foreach (var file in AllFiles().Where(file => FhirFile.IsLines(file) && !streams.Any(one => Belongs(file, one))))
            batch.LeaveOut($"the file {file}");
    }

    // Ordinal order of the path below the folder, so that every machine reads the files alike.
    private IEnumerable<string> AllFiles()
    {
        if (!Directory.Exists(Root))
        {
            throw new UserErrorException(
                ErrorCodes.SourceUnreadable, At, $"The source {Name} reads the folder '{Path}', which is not there.",
                $"Create it or change `path`, which is relative to {ProjectFolder}.");
        }
        return Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
            .Select(path => FilePath.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    private static bool Belongs(string file, SourceStream stream)
    {
        if (stream.Settings.Files is { } patterns)
            return (FhirFile.IsLines(file) || FhirFile.IsBundle(file)) && patterns.Any(pattern => new Glob(pattern).IsMatch(file));
        var name = FilePath.GetFileName(file);
        return FhirFile.IsBundle(name) || (FhirFile.IsLines(name)
            && name.StartsWith(stream.Name, StringComparison.Ordinal) && !char.IsLetter(name[stream.Name.Length]));
    }
}
