using System.IO.Compression;
using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>Drops of CSV files in a folder of this machine: one folder a drop, with a timestamp in its name.</summary>
[Kind("csv_drops")]
[Description("Drops of CSV files, each a folder with a timestamp in its name; also packed with gzip or in ZIP files.")]
public sealed record CsvDrops(
    [Given] string Name,
    [Given] string ProjectFolder,
    SourcePosition At,
    [Description("The folder in which the drops lie, relative to the project's.")] string Path,
    [Description("What drops are called, and when one is complete.")][Default("{}")] DropRules Drops,
    [Description("How the CSV files are written.")][Default("{}")] CsvFormat Csv,
    [Description("The datasets by name, with their columns and rules.")][Names] IReadOnlyDictionary<string, Dataset?> Datasets,
    [Inline] LoadSettings Load) : DropSource(Name, At, Drops, Csv, Datasets, Load)
{
    private string Root => System.IO.Path.GetFullPath(System.IO.Path.Combine(ProjectFolder, Path));

    public override async IAsyncEnumerable<DropFile> ListFilesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!Directory.Exists(Root))
        {
            throw new UserErrorException(
                ErrorCodes.SourceUnreadable, At, $"The source {Name} reads the folder '{Path}', which is not there.",
                $"Create it or change `path`, which is relative to {ProjectFolder}.");
        }
        // Links are passed over: a name must never lead out of the folder.
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var folder in new DirectoryInfo(Root).EnumerateDirectories("*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (!folder.Name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            foreach (var file in folder.EnumerateFiles("*", options))
            {
                cancel.ThrowIfCancellationRequested();
                var name = System.IO.Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/');
                var found = new DropFile(folder.Name, name, file.Length, $"{file.LastWriteTimeUtc.Ticks}", file.LastWriteTimeUtc);
                if (!DropArchive.Is(name)) yield return found;
                else
                {
                    await using var content = Open(found);
                    foreach (var member in DropArchive.List(content, found)) yield return member;
                }
            }
        }
    }

    public override Task<Stream> OpenAsync(DropFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Task.FromResult(DropArchive.Member(file, out var archive) is { } member ? DropArchive.Open(Open(archive), member) : Open(file));
    }

    private FileStream Open(DropFile file) => new(
        System.IO.Path.Combine(Root, file.Drop, file.Name),
        new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
}
