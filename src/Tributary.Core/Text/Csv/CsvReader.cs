using System.Buffers;

namespace Tributary.Core.Text.Csv;

/// <summary>
/// Splits bytes into CSV records (RFC 4180; any line end; a byte order mark is passed over; blank lines hold no record), each with its
/// line and byte. Holds one record at most. A quote that never closes costs the lines that it spoils and no more: reading goes on at the
/// next line that parses. Ask <see cref="TryRead"/>, then <see cref="FillAsync"/> or <see cref="Fill"/>, until both say false.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private const int FirstBuffer = 256 * 1024;

    private readonly Stream content;
    private readonly CsvLimits limits;
    private readonly CsvScanner scanner;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int start;
    private int end;
    private bool atEnd;
    private bool atStart = true;
    private BadStretch? bad;

    public CsvReader(Stream content, CsvDialect dialect, CsvLimits limits)
    {
        this.content = content;
        this.limits = limits;
        scanner = new CsvScanner(dialect, limits);
    }

    /// <summary>How many fields a record must have to be a place where reading can go on after a bad stretch; 0: any number.</summary>
    public int Width { get; set; }

    /// <summary>Byte at which the next record starts.</summary>
    public long Offset { get; private set; }

    /// <summary>Lines passed so far.</summary>
    public long Lines { get; private set; }

    /// <summary>The record's fields; 0 when it could not be split.</summary>
    public int Fields => Fault is CsvFault.UnclosedQuote or CsvFault.OverSize or CsvFault.TooManyFields ? 0 : scanner.Count;

    public CsvFault Fault { get; private set; }

    /// <summary>The line in which the record begins, from 1.</summary>
    public long RecordLine { get; private set; }

    /// <summary>The byte at which the record begins.</summary>
    public long RecordOffset { get; private set; }

    /// <summary>The record's bytes without its line end; of a bad stretch the first part. Lives until the next call.</summary>
    public ReadOnlyMemory<byte> Record { get; private set; }

    /// <summary>The record's size, larger than what is kept of a long bad stretch.</summary>
    public long RecordLength { get; private set; }

    /// <summary>True when the field stood in quotes, so that an empty one is a text and no absence.</summary>
    public bool IsQuoted(int field) => scanner.IsQuoted(field);

    /// <summary>A field without its quotes. Lives until the next call of the reader.</summary>
    public ReadOnlySpan<byte> Field(int field) => scanner.Field(buffer, field);

    /// <summary>Goes to the next record when it is at hand; false asks for more.</summary>
    public bool TryRead()
    {
        if (atStart && !PassMark()) return false;
        if (bad is not null) return TryResume();
        while (start < end)
        {
            var outcome = scanner.Scan(buffer, start, end, atEnd);
            if (outcome == CsvOutcome.NeedsMore && !atEnd && end - start <= limits.RecordBytes) return false;
            if (outcome == CsvOutcome.Blank) Pass(scanner.Next - start, scanner.Breaks);
            else if (outcome == CsvOutcome.Record && !IsSuspect()) return Take(CsvFault.None);
            else return TakeBad(outcome);
        }
        return false;
    }

    /// <summary>Reads more; false when nothing is left that <see cref="TryRead"/> could give.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (atEnd) return false;
        MakeRoom();
        return Filled(await content.ReadAsync(buffer.AsMemory(end), cancel));
    }

    /// <summary>As <see cref="FillAsync"/>, for content that is at hand.</summary>
    public bool Fill()
    {
        if (atEnd) return false;
        MakeRoom();
        return Filled(content.Read(buffer.AsSpan(end)));
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        scanner.Dispose();
    }

    // The other width of a record over several lines tells of a quote that swallowed them.
    private bool IsSuspect() => scanner.HasStray || (Width > 0 && scanner.Count != Width && scanner.Breaks > 1);

    private bool TakeBad(CsvOutcome outcome)
    {
        if (outcome == CsvOutcome.Record)
        {
            var spansLines = scanner.Breaks > 1;
            if (!spansLines) return Take(CsvFault.StrayQuote);
            var whole = scanner.Next - start;
            bad = new BadStretch(CsvFault.UnclosedQuote, Lines + 1, Offset, whole);
        }
        else
        {
            var fault = outcome switch
            {
                CsvOutcome.TooManyFields => CsvFault.TooManyFields,
                CsvOutcome.OverSize => CsvFault.OverSize,
                CsvOutcome.NeedsMore when !scanner.IsInQuotes => CsvFault.OverSize,
                _ => CsvFault.UnclosedQuote,
            };
            bad = new BadStretch(fault, Lines + 1, Offset, null);
        }
        return TryResume();
    }

    // Looks line by line for one that parses. What was passed is forgotten but for its first part.
    private bool TryResume()
    {
        var stretch = bad!; // set by the caller
        while (true)
        {
            if (stretch.IsAtLine && start < end)
            {
                if (stretch.Whole is { } whole && stretch.Length >= whole) return TakeStretch(stretch);
                var window = Math.Min(end, start + CsvScanner.MostToResume);
                var outcome = scanner.Scan(buffer, start, window, atEnd && window == end);
                if (outcome == CsvOutcome.NeedsMore && window == end && !atEnd && end - start < CsvScanner.MostToResume) return false;
                if (outcome == CsvOutcome.Record && !IsSuspect() && (Width == 0 || scanner.Count == Width)) return TakeStretch(stretch);
            }
            if (start == end) return atEnd && TakeStretch(stretch);
            var line = CsvScanner.LineEnd(buffer.AsSpan(start, end - start), atEnd, out var ended);
            stretch.Keep(buffer.AsSpan(start, line));
            Pass(line, ended ? 1 : 0);
            stretch.IsAtLine = ended;
            if (!ended && !atEnd) return false;
        }
    }

    private bool TakeStretch(BadStretch stretch)
    {
        bad = null;
        Fault = stretch.Fault;
        (RecordLine, RecordOffset, RecordLength) = (stretch.Line, stretch.Offset, stretch.Length);
        Record = stretch.Head;
        return true;
    }

    private bool Take(CsvFault fault)
    {
        Fault = fault;
        (RecordLine, RecordOffset) = (Lines + 1, Offset);
        RecordLength = scanner.End - start;
        Record = buffer.AsMemory(start, scanner.End - start);
        Pass(scanner.Next - start, scanner.Breaks);
        return true;
    }

    private void Pass(int bytes, int lines)
    {
        start += bytes;
        Offset += bytes;
        Lines += lines;
    }

    private bool PassMark()
    {
        if (end - start < 3 && !atEnd) return false;
        atStart = false;
        if (buffer.AsSpan(start, end - start).StartsWith("\uFEFF"u8)) Pass(3, 0);
        return true;
    }

    private bool Filled(int read)
    {
        end += read;
        atEnd = read == 0;
        return !atEnd || end > start || bad is not null;
    }

    private void MakeRoom()
    {
        var kept = end - start;
        if (end < buffer.Length && kept < buffer.Length / 2 && start == 0) return;
        var target = kept > buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
        buffer.AsSpan(start, kept).CopyTo(target);
        if (target != buffer) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (target, 0, kept);
    }
}
