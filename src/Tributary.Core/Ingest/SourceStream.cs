using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest;

/// <summary>One dataset of a source, with the settings that hold for it.</summary>
public sealed record SourceStream(Source Source, string Name, StreamSettings Settings)
{
    /// <summary>The stream's name in the ledger and on the command line: <c>fhir.Patient</c>.</summary>
    public string Key => $"{Source.Name}.{Name}";

    public Disposition Disposition => Settings.Disposition ?? Source.Load.Disposition;

    public bool History => Settings.History ?? Source.Load.History;

    public long? MaxRejects => Settings.MaxRejects ?? Source.Load.MaxRejects;

    public Relation Raw => Source.Load.Raw.RelationOf(Name);

    /// <summary>What stands in the source column of a raw table that several streams share.</summary>
    public string Label => Source.LabelOf(this);

    public override string ToString() => Key;
}
