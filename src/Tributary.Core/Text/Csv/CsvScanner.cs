using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tributary.Core.Text.Csv;

/// <summary>
/// Finds the fields of one record. Looks at 32 bytes at once (bench csv): of a file with short fields most time would go into the calls
/// of a search for each of them.
/// </summary>
internal sealed class CsvScanner(CsvDialect dialect, CsvLimits limits) : IDisposable
{
    /// <summary>A line at which reading resumes must be a record within this many bytes, so that hostile files cost a bounded time.</summary>
    public const int MostToResume = 64 * 1024;

    private const int Quoted = 1;
    private const int Doubled = 2;

    private readonly Vector256<byte> delimiters = Vector256.Create(dialect.Delimiter);
    private readonly Vector256<byte> quotes = Vector256.Create(dialect.Quote);
    private (int Start, int End, int Form)[] fields = new (int, int, int)[64];
    private byte[] unquoted = [];
    private int fieldStart;
    private int recordStart;

    public int Count { get; private set; }

    /// <summary>Where the record's own bytes end.</summary>
    public int End { get; private set; }

    /// <summary>Where the next record starts.</summary>
    public int Next { get; private set; }

    /// <summary>Line ends that the record holds, its own included.</summary>
    public int Breaks { get; private set; }

    /// <summary>A quoted field holds a quote that is not doubled and closes nothing. In a field without quotes one is text as any other.</summary>
    public bool HasStray { get; private set; }

    /// <summary>The bytes ended inside quotes.</summary>
    public bool IsInQuotes { get; private set; }

    public bool IsQuoted(int field) => (fields[field].Form & Quoted) != 0;

    public ReadOnlySpan<byte> Field(byte[] buffer, int field)
    {
        var (start, end, form) = fields[field];
        var bytes = buffer.AsSpan(start, end - start);
        return form < Doubled ? bytes : Undouble(bytes);
    }

    public CsvOutcome Scan(byte[] buffer, int start, int end, bool atEnd)
    {
        (Count, Breaks, HasStray, IsInQuotes) = (0, 0, false, false);
        (fieldStart, recordStart) = (start, start);
        var outcome = ScanFields(buffer.AsSpan(0, end), start, atEnd);
        if (outcome != CsvOutcome.Record) return outcome;
        if (Count > limits.Fields) return CsvOutcome.TooManyFields;
        return End == start ? CsvOutcome.Blank : IsTooLarge() ? CsvOutcome.OverSize : CsvOutcome.Record;
    }

    /// <summary>The length of the first line with its end; of all bytes when none is there. A CR at the end may be half of one.</summary>
    public static int LineEnd(ReadOnlySpan<byte> bytes, bool atEnd, out bool ended)
    {
        var at = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        ended = at >= 0 && (bytes[at] == '\n' || at + 1 < bytes.Length || atEnd);
        if (!ended) return at >= 0 ? at : bytes.Length;
        return bytes[at] == '\r' && at + 1 < bytes.Length && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    public void Dispose()
    {
        if (unquoted.Length > 0) ArrayPool<byte>.Shared.Return(unquoted);
        unquoted = [];
    }

    private CsvOutcome ScanFields(ReadOnlySpan<byte> bytes, int at, bool atEnd)
    {
        ref var origin = ref MemoryMarshal.GetReference(bytes);
        while (bytes.Length - at >= Vector256<byte>.Count)
        {
            var marks = Marks(ref Unsafe.Add(ref origin, at));
            var resumed = -1;
            while (marks != 0)
            {
                var found = at + BitOperations.TrailingZeroCount(marks);
                marks &= marks - 1;
                var mark = Unsafe.Add(ref origin, found);
                if (mark == dialect.Delimiter) Add(found, 0);
                else if (mark != dialect.Quote) return EndBare(bytes, found, atEnd);
                else if (found == fieldStart)
                {
                    var outcome = ScanQuoted(bytes, found + 1, atEnd, out resumed);
                    if (outcome != CsvOutcome.Blank) return outcome;
                    break;
                }
            }
            at = resumed >= 0 ? resumed : at + Vector256<byte>.Count;
        }
        return ScanTail(bytes, at, atEnd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Marks(ref byte at)
    {
        var bytes = Vector256.LoadUnsafe(ref at);
        var found = Vector256.Equals(bytes, delimiters) | Vector256.Equals(bytes, quotes)
            | Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'));
        return found.ExtractMostSignificantBits();
    }

    private CsvOutcome ScanTail(ReadOnlySpan<byte> bytes, int at, bool atEnd)
    {
        while (at < bytes.Length)
        {
            var mark = bytes[at];
            if (mark == dialect.Delimiter) Add(at, 0);
            else if (mark == dialect.Quote && at == fieldStart)
            {
                var outcome = ScanQuoted(bytes, at + 1, atEnd, out at);
                if (outcome != CsvOutcome.Blank) return outcome;
                continue;
            }
            else if (mark is (byte)'\n' or (byte)'\r') return EndBare(bytes, at, atEnd);
            at++;
        }
        if (!atEnd) return Count > limits.Fields ? CsvOutcome.TooManyFields : CsvOutcome.NeedsMore;
        Add(at, 0);
        (End, Next) = (at, at);
        return CsvOutcome.Record;
    }

    // Blank: the field was closed by a delimiter, and the record goes on at `next`.
    private CsvOutcome ScanQuoted(ReadOnlySpan<byte> bytes, int at, bool atEnd, out int next)
    {
        var (form, text) = (Quoted, at);
        next = -1;
        while (true)
        {
            var found = bytes[at..].IndexOf(dialect.Quote);
            var length = found < 0 ? bytes.Length - at : found;
            Breaks += CountBreaks(bytes.Slice(at, length));
            at += length;
            if (at - text > limits.FieldBytes || at - recordStart > limits.RecordBytes) return IsBroken();
            if (found < 0 || at + 1 == bytes.Length) break;
            var after = bytes[at + 1];
            if (after == dialect.Delimiter)
            {
                Add(text, at, form);
                next = fieldStart = at + 2;
                return CsvOutcome.Blank;
            }
            if (after is (byte)'\n' or (byte)'\r')
            {
                Add(text, at, form);
                return EndRecord(bytes, at + 1, atEnd);
            }
            if (after == dialect.Quote) form |= Doubled;
            else HasStray = true;
            if (HasStray && Breaks > 0) return IsBroken();
            at += after == dialect.Quote ? 2 : 1;
        }
        return EndOfBytes(bytes, at, text, form, atEnd);
    }

    private CsvOutcome EndOfBytes(ReadOnlySpan<byte> bytes, int at, int text, int form, bool atEnd)
    {
        IsInQuotes = true;
        if (!atEnd) return CsvOutcome.NeedsMore;
        if (at == bytes.Length) return CsvOutcome.Broken;
        Add(text, at, form); // the last byte closes the field
        (End, Next, IsInQuotes) = (bytes.Length, bytes.Length, false);
        return CsvOutcome.Record;
    }

    private CsvOutcome IsBroken()
    {
        IsInQuotes = true;
        return CsvOutcome.Broken;
    }

    private CsvOutcome EndBare(ReadOnlySpan<byte> bytes, int at, bool atEnd)
    {
        Add(at, 0);
        return EndRecord(bytes, at, atEnd);
    }

    private CsvOutcome EndRecord(ReadOnlySpan<byte> bytes, int at, bool atEnd)
    {
        var isReturn = bytes[at] == '\r';
        if (isReturn && at + 1 == bytes.Length && !atEnd) return CsvOutcome.NeedsMore;
        Breaks++;
        (End, Next) = (at, isReturn && at + 1 < bytes.Length && bytes[at + 1] == '\n' ? at + 2 : at + 1);
        return CsvOutcome.Record;
    }

    private static int CountBreaks(ReadOnlySpan<byte> text)
    {
        var breaks = 0;
        for (var at = text.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = text.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            var isPair = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            text = text[(at + (isPair ? 2 : 1))..];
            breaks++;
        }
        return breaks;
    }

    private void Add(int end, int form)
    {
        Add(fieldStart, end, form);
        fieldStart = end + 1;
    }

    private void Add(int start, int end, int form)
    {
        if (Count > limits.Fields) return;
        if (Count == fields.Length) Array.Resize(ref fields, fields.Length * 2);
        fields[Count++] = (start, end, form);
    }

    private bool IsTooLarge()
    {
        if (End - recordStart <= limits.FieldBytes) return false;
        if (End - recordStart > limits.RecordBytes) return true;
        foreach (var (start, end, _) in fields.AsSpan(0, Count))
        {
            if (end - start > limits.FieldBytes) return true;
        }
        return false;
    }

    // Each doubled quote becomes one; a stray one stays.
    private ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> bytes)
    {
        if (unquoted.Length < bytes.Length)
        {
            Dispose();
            unquoted = ArrayPool<byte>.Shared.Rent(bytes.Length);
        }
        var written = 0;
        while (bytes.IndexOf(dialect.Quote) is >= 0 and var at)
        {
            bytes[..(at + 1)].CopyTo(unquoted.AsSpan(written));
            written += at + 1;
            var isDoubled = at + 1 < bytes.Length && bytes[at + 1] == dialect.Quote;
            bytes = bytes[(at + (isDoubled ? 2 : 1))..];
        }
        bytes.CopyTo(unquoted.AsSpan(written));
        return unquoted.AsSpan(0, written + bytes.Length);
    }
}
