using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Tributary.Core.Ingest.Formats.Csv;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>Tells the records of erased subjects from others while a file is read.</summary>
internal sealed class ErasedRecords(ErasedValues values, SubjectColumn column)
{
    /// <summary>The column in which a record says whose it is.</summary>
    public string Column => column.Name;

    /// <summary>Whether a value of the column, as COPY writes it (its length and its bytes), is an erased subject's.</summary>
    public bool Holds(ReadOnlySpan<byte> written)
    {
        if (BinaryPrimitives.ReadInt32BigEndian(written) < 0) return false;
        var value = written[4..];
        return values.Holds(column.Space, value.Length switch
        {
            2 when IsNumber => BinaryPrimitives.ReadInt16BigEndian(value).ToString(CultureInfo.InvariantCulture),
            4 when IsNumber => BinaryPrimitives.ReadInt32BigEndian(value).ToString(CultureInfo.InvariantCulture),
            8 when IsNumber => BinaryPrimitives.ReadInt64BigEndian(value).ToString(CultureInfo.InvariantCulture),
            16 when column.Type == FieldType.Uuid => new Guid(value, bigEndian: true).ToString(),
            _ => SubjectText.Of(Encoding.UTF8.GetString(value)),
        });
    }

    /// <summary>Whether any word of a record that could not be read is one: it may be another's by chance, and its bytes are not kept all the same.</summary>
    public bool MayHold(ReadOnlySpan<byte> record) => SubjectText.WordsOf(record).Any(word => values.Holds(column.Space, word));

    private bool IsNumber => column.Type is FieldType.Smallint or FieldType.Integer or FieldType.Bigint;
}
