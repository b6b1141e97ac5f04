using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>The way of one column's text (UTF-8, no NUL) into PostgreSQL's binary form.</summary>
internal abstract class FieldWriter
{
    /// <summary>The column's type in SQL.</summary>
    public abstract string SqlType { get; }

    /// <summary>The words for <c>expected …</c> in rejects.</summary>
    public abstract string Expected { get; }

    /// <summary>Blanks around the value mean nothing, and text of blanks alone is NULL.</summary>
    public virtual bool IsTrimmed => true;

    /// <summary>Writes one value; false, with nothing written, when the text is none of the type.</summary>
    public abstract bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text);
}
