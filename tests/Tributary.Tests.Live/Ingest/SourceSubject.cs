using System.Globalization;
using System.Text;
using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Tests.Live.Connectors.Couch;
using Tributary.Tests.Live.Connectors.Fhir;

namespace Tributary.Tests.Live.Ingest;

/// <summary>
/// A system with records in it, for the conformance suite of sources: one subclass a kind, found by its name. A new kind without a
/// subject fails the suite.
/// </summary>
internal abstract class SourceSubject : IDisposable
{
    /// <summary>Batches of the source are to be this small.</summary>
    public const int BatchBytes = 1000;

    public static SourceSubject Of(string kind) => kind switch
    {
        "bulk_files" => new BulkFilesSubject(),
        "couchdb" => new CouchSubject(),
        "fhir_server" => new FhirServerSubject(),
        _ => throw new NotSupportedException($"The source kind {kind} has no subject: write one beside this class."),
    };

    /// <summary>A source of one stream, over what <see cref="Put"/> has written.</summary>
    public abstract SourceStream Stream { get; }

    /// <summary>The source of a stream, as what it must be here.</summary>
    public static DocumentSource SourceOf(SourceStream stream) => (DocumentSource)stream.Source;

    /// <summary>A source that points at nothing.</summary>
    public abstract SourceStream Nowhere { get; }

    /// <summary>Adds records to the system; a bad one among them when <paramref name="withBad"/>.</summary>
    public abstract void Put(int from, int count, bool withBad = false);

    public abstract void Dispose();

    private sealed class CouchSubject : SourceSubject
    {
        private readonly CouchDouble server = new() { IsPlain = true };
        private readonly CouchDatabase database;

        public CouchSubject() => database = server.Create("medic");

        public override SourceStream Stream => CouchHost.SourceOf(server.Url, load: CouchHost.Load with { BatchBytes = new(BatchBytes) }).ListStreams()[0];

        public override SourceStream Nowhere => CouchHost.SourceOf(server.Url, ["nowhere"]).ListStreams()[0];

        public override void Put(int from, int count, bool withBad = false)
        {
            for (var i = from; i < from + count; i++) database.Put($"p{i}", $"\"note\":\"note of {i}\"");
            if (withBad) database.Put("bad", "\"note\":nothing");
        }

        public override void Dispose() => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private sealed class BulkFilesSubject : SourceSubject
    {
        private readonly string folder = Directory.CreateTempSubdirectory("tributary-conformance-").FullName;

        public override SourceStream Stream => At(folder);

        public override SourceStream Nowhere => At(Path.Combine(folder, "not-there"));

        public override void Put(int from, int count, bool withBad = false)
        {
            var text = new StringBuilder();
            for (var i = from; i < from + count; i++) text.Append(CultureInfo.InvariantCulture, $"{Drop.Patient($"p{i}", note: $"note of {i}")}\n");
            if (withBad) text.Append("bad\n");
            File.WriteAllText(Path.Combine(folder, $"Patient.{from:D6}.ndjson"), text.ToString());
        }

        public override void Dispose() => Directory.Delete(folder, recursive: true);

        private static SourceStream At(string path)
        {
            var load = new LoadSettings(new RawSettings(new RawColumns()), new(16_000_000), new ByteSize(BatchBytes));
            return new BulkFiles("subject", "/", new("subject.yml"), path, new Dictionary<string, StreamSettings?> { ["Patient"] = null }, load).ListStreams()[0];
        }
    }

    private sealed class FhirServerSubject : SourceSubject
    {
        private readonly FhirDouble server = new();

        public override SourceStream Stream => At(server.Base);

        public override SourceStream Nowhere => At(server.Base + "/not-there");

        public override void Put(int from, int count, bool withBad = false)
        {
            for (var i = from; i < from + count; i++)
            {
                server.Store.Put("Patient", $"p{i}", $"note of {i}");
                if (i % 5 == 0) server.Store.Tick(TimeSpan.FromSeconds(3));
            }
            if (withBad) server.Store.PutRaw("Patient", "bad", """{"resourceType":"Patient","id":"a b"}""");
            server.Store.Tick(TimeSpan.FromSeconds(3));
        }

        public override void Dispose() => server.Dispose();

        private static SourceStream At(string root)
        {
            var source = FhirLoads.SourceOf(root, "subject");
            return (source with { Load = source.Load with { BatchBytes = new ByteSize(BatchBytes) }, Clock = new ImpatientClock() }).ListStreams()[0];
        }
    }
}
