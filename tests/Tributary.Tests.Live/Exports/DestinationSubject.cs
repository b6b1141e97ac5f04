using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

/// <summary>
/// An empty place for the conformance suite of destinations: one subclass a kind, found by its name. A new kind without a subject
/// fails the suite.
/// </summary>
internal abstract class DestinationSubject : IDisposable
{
    public static DestinationSubject Of(string kind) => kind switch
    {
        "folder" => new FolderSubject(),
        _ => throw new NotSupportedException($"The destination kind {kind} has no subject: write one beside this class."),
    };

    /// <summary>The destination; a new record over the same place each time.</summary>
    public abstract Destination Destination { get; }

    public abstract void Dispose();

    private sealed class FolderSubject : DestinationSubject
    {
        private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("tributary-conformance-");

        public override Destination Destination =>
            new Folder(new SourcePosition("destinations/local.yml", 1), "local", home.FullName, "out", [Track.Pii]);

        public override void Dispose() => home.Delete(recursive: true);
    }
}
