using Tributary.Connectors;
using Tributary.Connectors.Buckets;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>
/// An empty place for the conformance suite of destinations: one subclass a kind, found by its name. A new kind without a subject
/// fails the suite.
/// </summary>
internal abstract class DestinationSubject : IAsyncDisposable
{
    private static readonly SourcePosition At = new("destinations/local.yml", 1);

    public static async Task<DestinationSubject> OfAsync(string kind) => kind switch
    {
        "folder" => new FolderSubject(),
        "s3" => new S3Subject(await TestS3.CreateBucketAsync("conformance")),
        "sftp" => new SftpSubject(await TestSftp.StartAsync()),
        _ => throw new NotSupportedException($"The destination kind {kind} has no subject: write one beside this class."),
    };

    /// <summary>The destination; a new record over the same place each time.</summary>
    public abstract FileDestination Destination { get; }

    public abstract ValueTask DisposeAsync();

    private sealed class FolderSubject : DestinationSubject
    {
        private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("tributary-conformance-");

        public override FileDestination Destination => new Folder(At, "local", home.FullName, "out", [Track.Pii]);

        public override ValueTask DisposeAsync()
        {
            home.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SftpSubject(TestSftp server) : DestinationSubject
    {
        public override FileDestination Destination => server.Destination();

        public override ValueTask DisposeAsync() => server.DisposeAsync();
    }

    private sealed class S3Subject(Bucket bucket) : DestinationSubject
    {
        public override FileDestination Destination => TestS3.DestinationOf(bucket);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
