using Tributary.Connectors.Fhir;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>
/// A FHIR server (R4, R4B, R5). What is new comes by search, by bulk export or from its history; what is gone from its history, from the
/// export, or by asking it for the ids that the raw table holds.
/// </summary>
[Kind("fhir_server")]
[Description("A FHIR server (R4, R4B, R5), read by search, bulk export or history.")]
public sealed record FhirServer(
    [Given] string Name,
    [Given] string ProjectFolder,
    SourcePosition At,
    [Description("The server's base address, such as https://fhir.example.org/r4.")] string Base,
    [Description("The resource types to load, as a list or with settings of their own.")][Names] IReadOnlyDictionary<string, StreamSettings?> Streams,
    [Inline] LoadSettings Load,
    [Description("How far before the newest record that is known the next load begins: longer than the server's longest transaction and its clocks differ.")]
    [Default("5m")] TimeSpan Overlap,
    [Description("How often the server is asked for the ids that the raw table holds, to find what was deleted.")]
    [Default("1d")] TimeSpan ReconcileEvery,
    [Description("How long the server may be silent before the request counts as lost.")][Default("60s")] TimeSpan Timeout,
    [Description("What a bulk export is to hold.")][Default("{}")] ExportSettings Export,
    [Description("Further hosts that the server may send us to, such as where its export files lie.")][Default("[]")] IReadOnlyList<string> Hosts,
    [Description("Only a part of a type, as a search: { Observation: category=survey }.")][Default("{}")] IReadOnlyDictionary<string, string> Filters,
    [Description("How the server knows us; absent: it does not ask.")] FhirAuth? Auth = null,
    [Description("How records are read: search, export, or auto (by what the server says it can).")] ReadingMode Mode = ReadingMode.Auto,
    [Description("How deletions are found: history, reconcile, none, or auto (by what the server says it can).")] DeletionMode Deletions = DeletionMode.Auto,
    [Description("Records a page.")] int Count = 500,
    [Description("Requests at once, over all types.")] int Parallel = 4,
    [Description("Requests a second, over all types; absent: no limit.")] double? RequestsPerSecond = null)
    : DocumentSource(Name, At, Load)
{
    private readonly Lock gate = new();
    private FhirClient? client;

    /// <summary>Waits and expiries go by it; tests put another in.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>One client for all streams: the limits hold over all of them, and a token serves all.</summary>
    internal FhirClient Client
    {
        get
        {
            lock (gate) return client ??= new FhirClient(this);
        }
    }

    public override IReadOnlyList<SourceStream> ListStreams() =>
        [.. Streams.Select(entry => new SourceStream(this, entry.Key, entry.Value ?? new StreamSettings()))];

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        FhirServerCheck.Run(this, check);
    }

    public override Task<string?> LookAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel) =>
        new StreamReading(this, stream, checkpoint).LookAsync(cancel);

    public override IAsyncEnumerable<RecordBatch> ReadAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel) =>
        new StreamReading(this, stream, checkpoint).ReadAsync(cancel);

    public override bool CanCompare => true;

    public override IAsyncEnumerable<RecordKey> ListKeysAsync(SourceStream stream, CancellationToken cancel) => new Inventory(this, stream).ListAsync(cancel);

    public override Task<RecordBatch> FetchAsync(SourceStream stream, IReadOnlyList<string> ids, CancellationToken cancel) =>
        new Inventory(this, stream).FetchAsync(ids, cancel);

    /// <summary>A mistake of the configuration or the server that waiting does not heal.</summary>
    internal UserErrorException Wrong(string message, string? hint = null) =>
        new(ErrorCodes.SourceUnreadable, At, $"The FHIR server of the source {Name} {message}.", hint);
}
