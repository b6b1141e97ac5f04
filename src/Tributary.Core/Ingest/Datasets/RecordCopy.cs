using System.Buffers.Binary;
using System.Text.Unicode;
using Tributary.Core.Ingest.Erasing;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Postgres;
using Tributary.Core.Text.Csv;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>
/// Turns the records of one file into rows of a binary COPY. What cannot become a row is a reject with its line and byte; a field that
/// became NULL because it was bad, and JSON that was mended, are noted with the record as it came.
/// </summary>
internal sealed class RecordCopy(string file, CsvFormat format, IReadOnlyList<TableColumn> columns, int width, RowStamp stamp)
{
    /// <summary>Notes of one kind and column; more are only counted.</summary>
    private const int MostNotes = 10_000;

    private readonly FieldText encoding = new(format.Encoding);
    private readonly JsonRepair repair = new();
    private readonly Dictionary<string, long> noted = new(StringComparer.Ordinal);
    private byte[] hashed = new byte[1024];
    private int hashedLength;

    /// <summary>Whose records are left out; null: nobody's.</summary>
    public ErasedRecords? Erased { get; init; }

    /// <summary>Records that were left out because their subject was erased.</summary>
    public long LeftOut { get; private set; }

    public List<Reject> Rejects { get; } = [];

    /// <summary>Bytes that the rejects hold.</summary>
    public long RejectedBytes { get; private set; }

    public long Records { get; private set; }

    /// <summary>What was noted, with its count: <c>repaired activity.data (swapped_escape)</c>.</summary>
    public IReadOnlyDictionary<string, long> Noted => noted;

    public void Forget()
    {
        Rejects.Clear();
        RejectedBytes = 0;
    }

    /// <summary>Writes the reader's record as a row, or keeps it as a reject.</summary>
    public void Write(BinaryCopy copy, CsvReader reader)
    {
        Records++;
        if (Refusal(reader) is var (reason, detail))
        {
            Refuse(reader, reason, detail);
            return;
        }
        copy.StartRow();
        var before = Rejects.Count;
        hashedLength = 0;
        foreach (var column in columns)
        {
            var mark = copy.Mark;
            if (!WriteField(copy, reader, column, out var wrong))
            {
                copy.TakeBackRow();
                Rejects.RemoveRange(before, Rejects.Count - before); // notes are about records that were loaded
                Refuse(reader, wrong.Reason, wrong.Detail);
                return;
            }
            if (Erased is not null && column.Name == Erased.Column && Erased.Holds(copy.Since(mark)))
            {
                copy.TakeBackRow();
                Rejects.RemoveRange(before, Rejects.Count - before);
                Records--;
                LeftOut++;
                return;
            }
            if (stamp.IsHashed) Hash(column, copy.Since(mark));
        }
        copy.Bigint(stamp.Load);
        copy.Timestamp(stamp.DroppedAt);
        copy.Bigint(reader.RecordLine);
        if (stamp.NamesFile) copy.Text(file);
        if (stamp.IsHashed) BinaryPrimitives.WriteUInt128BigEndian(copy.Value(16), RowHash.Of(hashed.AsSpan(0, hashedLength)));
    }

    private (RejectReason Reason, string Detail)? Refusal(CsvReader reader)
    {
        switch (reader.Fault)
        {
            case CsvFault.StrayQuote when format.StrayQuotes == StrayQuotes.Reject:
                return (RejectReason.StrayQuote, "a quoted field holds a quote that is not doubled");
            case CsvFault.UnclosedQuote:
                return (RejectReason.UnclosedQuote, "a quote is opened here and not closed where a record ends; reading went on at the next line that parses");
            case CsvFault.OverSize:
                return (RejectReason.OverSize, $"the record has {reader.RecordLength} bytes, or a field of it more than it may");
            case CsvFault.TooManyFields:
                return (RejectReason.Ragged, $"the record has far more fields than the header's {width}");
        }
        if (reader.Fields != width && !IsPadded(reader))
            return (RejectReason.Ragged, $"the record has {reader.Fields} fields, the header {width}");
        if (reader.Record.Span.Contains((byte)0)) return (RejectReason.NulCharacter, "the record holds a NUL byte");
        return encoding.IsUtf8 && !Utf8.IsValid(reader.Record.Span) ? (RejectReason.BadUtf8, "the record is not UTF-8") : null;
    }

    private bool IsPadded(CsvReader reader)
    {
        if (format.Ragged != Ragged.Pad) return false;
        for (var i = width; i < reader.Fields; i++)
        {
            if (!reader.Field(i).IsEmpty) return false;
        }
        return true;
    }

    private bool WriteField(BinaryCopy copy, CsvReader reader, TableColumn column, out (RejectReason Reason, string Detail) wrong)
    {
        wrong = default;
        var isThere = column.Source >= 0 && column.Source < reader.Fields;
        var field = isThere ? reader.Field(column.Source) : default;
        var isText = encoding.TryRead(field, out var text);
        if (isText && column.Writer.IsTrimmed) text = text.Trim(" \t\r\n"u8);
        if (!isThere || (isText && IsNull(text, column, reader)))
        {
            copy.Null();
            wrong = (RejectReason.MissingValue, $"column {column.Name}: a value is required");
            return !column.IsRequired;
        }
        if (isText && column.Writer.TryWrite(copy, text)) return true;
        if (isText && column.Repairs && repair.Mend(text) is { } mended && column.Writer.TryWrite(copy, mended))
        {
            Note(reader, RejectReason.JsonRepaired, $"column {column.Name}: {repair.Found.Words()}");
            return true;
        }
        var detail = isText ? $"column {column.Name}: expected {column.Writer.Expected}, found text of {field.Length} bytes" : $"column {column.Name}: a byte is no character of {format.Encoding}";
        wrong = (isText ? RejectReason.BadField : RejectReason.BadUtf8, detail);
        if (!column.NullsBad || column.IsRequired) return false;
        copy.Null();
        Note(reader, RejectReason.FieldNulled, detail);
        return true;
    }

    private static bool IsNull(ReadOnlySpan<byte> text, TableColumn column, CsvReader reader)
    {
        if (text.IsEmpty && (column.Writer.IsTrimmed || !reader.IsQuoted(column.Source))) return true;
        foreach (var word in column.Nulls)
        {
            if (text.SequenceEqual(word)) return true;
        }
        return false;
    }

    private void Hash(TableColumn column, ReadOnlySpan<byte> value)
    {
        if (value.Length == 4 && value[0] == 0xFF) return; // NULL
        if (hashed.Length - hashedLength < value.Length + 4) Array.Resize(ref hashed, Math.Max(hashed.Length * 2, hashedLength + value.Length + 4));
        BinaryPrimitives.WriteUInt32LittleEndian(hashed.AsSpan(hashedLength), column.Id);
        value.CopyTo(hashed.AsSpan(hashedLength + 4));
        hashedLength += value.Length + 4;
    }

    private void Refuse(CsvReader reader, RejectReason reason, string detail) => Add(reader, reason, detail, isNote: false);

    private void Note(CsvReader reader, RejectReason reason, string detail)
    {
        var count = noted[detail] = noted.GetValueOrDefault(detail) + 1;
        if (count <= MostNotes || reason == RejectReason.JsonRepaired) Add(reader, reason, detail, isNote: true);
    }

    private void Add(CsvReader reader, RejectReason reason, string detail, bool isNote)
    {
        var isErased = !isNote && Erased?.MayHold(reader.Record.Span) == true;
        var kept = isErased ? [] : reader.Record.Span[..Math.Min(reader.Record.Length, Reject.MaxBytes)].ToArray();
        Rejects.Add(new Reject(file, reader.RecordLine, reader.RecordOffset, reader.RecordLength, reason, detail, kept, isNote, isErased));
        RejectedBytes += kept.Length + 200;
    }
}
