using System.Buffers;

namespace Tributary.Core.Text.Csv;

/// <summary>Lines that could not be read as records, while they pass: where they begin, and their first part.</summary>
internal sealed class BadStretch(CsvFault fault, long line, long offset, int? whole)
{
    private const int MostKept = 1 << 20;

    private readonly ArrayBufferWriter<byte> head = new();

    public CsvFault Fault => fault;

    public long Line => line;

    public long Offset => offset;

    /// <summary>The stretch is over at this length at the latest: a record was read there, only a doubtful one.</summary>
    public int? Whole => whole;

    /// <summary>True when what comes next begins a line, the first of the stretch excepted.</summary>
    public bool IsAtLine { get; set; }

    public long Length { get; private set; }

    /// <summary>The first bytes, without the line end when they are all.</summary>
    public ReadOnlyMemory<byte> Head
    {
        get
        {
            var bytes = head.WrittenMemory;
            return Length > bytes.Length ? bytes : bytes.TrimEnd("\r\n"u8);
        }
    }

    public void Keep(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        head.Write(bytes[..Math.Min(bytes.Length, MostKept - head.WrittenCount)]);
    }
}
