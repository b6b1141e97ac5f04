using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>Where the streams of a source land.</summary>
public sealed record RawSettings(
    [Description("Names of the columns that users read.")][Default("{}")] RawColumns Columns,
    [Description("Schema of the raw tables; made when it is missing.")] string Schema = "raw",
    [Description("Name of a stream's raw table; {stream} and {stream:snake} stand for the stream's name.")] string Table = "{stream:snake}",
    [Description("A table beside with each stream's position, for those who watch today's: seq, pending, updated_at, source. Absent: none.")] string? Progress = null)
{
    /// <summary>The raw table of a stream.</summary>
    public Relation RelationOf(string stream) => new(Schema, Identifier.Shorten(Table
        .Replace("{stream:snake}", Identifier.Snake(stream), StringComparison.Ordinal)
        .Replace("{stream}", stream, StringComparison.Ordinal)));
}
