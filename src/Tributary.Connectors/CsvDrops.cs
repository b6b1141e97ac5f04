using Tributary.Connectors.Buckets;
using Tributary.Connectors.Drops;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using FilePath = System.IO.Path;

namespace Tributary.Connectors;

/// <summary>Drops of CSV files in a folder of this machine or in a bucket: one folder a drop, with a timestamp in its name.</summary>
[Kind("csv_drops")]
[Description("Drops of CSV files, each a folder with a timestamp in its name; also packed with gzip or in ZIP files.")]
public sealed record CsvDrops(
    [Given] string Name,
    [Given] string ProjectFolder,
    SourcePosition At,
    [Description("What drops are called, and when one is complete.")][Default("{}")] DropRules Drops,
    [Description("How the CSV files are written.")][Default("{}")] CsvFormat Csv,
    [Description("The datasets by name, with their columns and rules.")][Names] IReadOnlyDictionary<string, Dataset?> Datasets,
    [Inline] LoadSettings Load,
    [Description("The folder in which the drops lie, relative to the project's.")] string? Path = null,
    [Description("The bucket in which the drops lie, instead of a folder. With path beside it, the bucket counts where its name is not empty.")] DropBucketSettings? S3 = null,
    [Description("The column that says whose a record is, in every dataset that declares it: what `tributary erase` goes by.")] string? Subject = null)
    : DropSource(Name, At, Drops, Csv, Datasets, Load, Subject)
{
    public override IAsyncEnumerable<DropFile> ListFilesAsync(string prefix, CancellationToken cancel) => Place().ListAsync(prefix, cancel);

    public override Task<Stream> OpenAsync(DropFile file, CancellationToken cancel) => Place().OpenAsync(file, cancel);

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        if (Path is null && !IsBucket) check.Refuse("path", "expected either path or s3 with a bucket", "Drops lie in a folder or in a bucket.");
    }

    // A variable that is empty names no bucket: one project reads a folder here and a bucket there.
    private bool IsBucket => S3 is { Bucket.Length: > 0 };

    private DropPlace Place()
    {
        if (S3 is not null && IsBucket) return new DropBucket(new Bucket(S3.Connection, S3.Bucket), S3.Beginning);
        var root = FilePath.GetFullPath(FilePath.Combine(ProjectFolder, Path ?? "."));
        if (Directory.Exists(root)) return new DropFolder(root);
        throw new UserErrorException(
            ErrorCodes.SourceUnreadable, At, $"The source {Name} reads the folder '{Path}', which is not there.",
            $"Create it or change `path`, which is relative to {ProjectFolder}.");
    }
}
