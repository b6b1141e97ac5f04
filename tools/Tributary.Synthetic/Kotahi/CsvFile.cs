using System.Buffers;
using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Tributary.Synthetic.Kotahi;

/// <summary>Writes one CSV file, field by field, and knows the line and the byte at which each record begins.</summary>
internal sealed class CsvFile : IDisposable
{
    private static readonly SearchValues<byte> Quoted = SearchValues.Create("\",\r\n"u8);

    private readonly ArrayBufferWriter<byte> _record = new(4096);
    private readonly Stream _stream;
    private readonly bool _isCrlf;
    private readonly int[]? _order;
    private readonly List<(int Start, int Length)> _fields = [];

    /// <param name="file">Where it goes; packed when the name ends in <c>.gz</c>.</param>
    /// <param name="columns">The header.</param>
    /// <param name="style">How it is written.</param>
    public CsvFile(FileInfo file, IReadOnlyList<string> columns, CsvStyle style)
    {
        Stream opened = new FileStream(file.FullName, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        _stream = file.Extension == ".gz" ? new BufferedStream(new GZipStream(opened, CompressionLevel.Fastest), 1 << 16) : opened;
        _isCrlf = style.Crlf;
        _order = style.Reversed ? [.. Enumerable.Range(0, columns.Count).Reverse()] : null;
        if (style.Bom) Write(Encoding.UTF8.Preamble);
        foreach (var column in columns) Text(column);
        End();
        Records = 0;
    }

    /// <summary>Records behind the header, the faulty ones too.</summary>
    public long Records { get; private set; }

    /// <summary>The line, from 1, on which the next record begins.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The byte, from 0, at which the next record begins; of a packed file: of its text.</summary>
    public long Offset { get; private set; }

    /// <summary>Called between records, behind each.</summary>
    public Action? Ended { get; set; }

    public CsvFile Text(string? value)
    {
        if (value is null) return Field([]);
        Span<byte> small = stackalloc byte[512];
        var bytes = value.Length <= 170 ? small[..Encoding.UTF8.GetBytes(value, small)] : Encoding.UTF8.GetBytes(value);
        return bytes.Length == 0 ? Raw("\"\""u8) : Field(bytes);
    }

    public CsvFile Number(long? value)
    {
        if (value is not { } number) return Field([]);
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, text, out var length);
        return Raw(text[..length]);
    }

    public CsvFile Flag(bool value) => Raw(value ? "1"u8 : "0"u8);

    public CsvFile Day(DateTime? value) => Moment(value, "yyyy-MM-dd");

    public CsvFile Time(DateTime? value) => Moment(value, "yyyy-MM-dd HH:mm:ss");

    /// <summary>A value whose quotes are doubled and which is quoted where it must be.</summary>
    public CsvFile Field(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny(Quoted) < 0) return Raw(value);
        var start = _record.WrittenCount;
        _record.Write("\""u8);
        while (value.IndexOf((byte)'"') is var quote and >= 0)
        {
            _record.Write(value[..(quote + 1)]);
            _record.Write("\""u8);
            value = value[(quote + 1)..];
        }
        _record.Write(value);
        _record.Write("\""u8);
        _fields.Add((start, _record.WrittenCount - start));
        return this;
    }

    /// <summary>A field as it is to stand in the file.</summary>
    public CsvFile Raw(ReadOnlySpan<byte> bytes)
    {
        _fields.Add((_record.WrittenCount, bytes.Length));
        _record.Write(bytes);
        return this;
    }

    /// <summary>Closes the record.</summary>
    public void End()
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            var (start, length) = _fields[_order is { } order && order.Length == _fields.Count ? order[i] : i];
            if (i > 0) Write(","u8);
            Write(_record.WrittenSpan.Slice(start, length));
        }
        Line += _record.WrittenSpan.Count((byte)'\n') + 1;
        Write(_isCrlf ? "\r\n"u8 : "\n"u8);
        _record.ResetWrittenCount();
        _fields.Clear();
        Records++;
        Ended?.Invoke();
    }

    /// <summary>A record of bytes that no CSV writer would make.</summary>
    public void Damaged(ReadOnlySpan<byte> record)
    {
        Raw(record);
        End();
    }

    public void Dispose() => _stream.Dispose();

    private CsvFile Moment(DateTime? value, string form)
    {
        if (value is not { } moment) return Field([]);
        Span<byte> text = stackalloc byte[32];
        moment.TryFormat(text, out var length, form, System.Globalization.CultureInfo.InvariantCulture);
        return Raw(text[..length]);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        Offset += bytes.Length;
    }
}

/// <summary>What a CSV file may do and still be one.</summary>
internal sealed record CsvStyle(bool Bom = false, bool Crlf = false, bool Reversed = false);
