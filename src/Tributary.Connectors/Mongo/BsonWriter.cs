using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>Writes BSON (bsonspec.org, version 1.1) into memory that it keeps for the next document.</summary>
internal sealed class BsonWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new(4096);
    private readonly Stack<int> starts = new();

    public int Length => bytes.WrittenCount;

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public BsonWriter Clear()
    {
        bytes.ResetWrittenCount();
        starts.Clear();
        return this;
    }

    /// <summary>Starts the document itself, not a field.</summary>
    public BsonWriter Begin()
    {
        starts.Push(bytes.WrittenCount);
        return Raw(stackalloc byte[4]);
    }

    public BsonWriter Begin(string name) => Name(0x03, name).Begin();

    public BsonWriter BeginList(string name) => Name(0x04, name).Begin();

    /// <summary>Ends the innermost document or list and writes its length where it began.</summary>
    public BsonWriter End()
    {
        Raw([0]);
        var start = starts.Pop();
        BinaryPrimitives.WriteInt32LittleEndian(Back(start), bytes.WrittenCount - start);
        return this;
    }

    public BsonWriter Null(string name) => Name(0x0A, name);

    public BsonWriter Truth(string name, bool value) => Name(0x08, name).Raw([value ? (byte)1 : (byte)0]);

    public BsonWriter Integer(string name, int value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        return Name(0x10, name).Raw(four);
    }

    public BsonWriter Long(string name, long value) => Name(0x12, name).Eight(value);

    public BsonWriter Double(string name, double value) => Name(0x01, name).Eight(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Milliseconds since 1970 in UTC.</summary>
    public BsonWriter Instant(string name, long milliseconds) => Name(0x09, name).Eight(milliseconds);

    public BsonWriter Text(string name, ReadOnlySpan<char> value)
    {
        Name(0x02, name);
        var length = Encoding.UTF8.GetByteCount(value);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, length + 1);
        Raw(four);
        Encoding.UTF8.GetBytes(value, bytes.GetSpan(Math.Max(length, 1)));
        bytes.Advance(length);
        return Raw([0]);
    }

    public BsonWriter Decimal(string name, Decimal128 value) => Name(0x13, name).Eight((long)value.Low).Eight((long)value.High);

    /// <summary>Twelve bytes.</summary>
    public BsonWriter ObjectId(string name, ReadOnlySpan<byte> id) => Name(0x07, name).Raw(id);

    public BsonWriter Bytes(string name, ReadOnlySpan<byte> value)
    {
        Name(0x05, name);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value.Length);
        return Raw(four).Raw([0]).Raw(value);
    }

    /// <summary>A document that is BSON already.</summary>
    public BsonWriter Document(string name, ReadOnlySpan<byte> document) => Name(0x03, name).Raw(document);

    /// <summary>The name of a list's place.</summary>
    public static string Place(int index) => index.ToString(CultureInfo.InvariantCulture);

    private BsonWriter Name(byte type, string name)
    {
        Raw([type]);
        var length = Encoding.UTF8.GetByteCount(name);
        Encoding.UTF8.GetBytes(name, bytes.GetSpan(Math.Max(length, 1)));
        bytes.Advance(length);
        return Raw([0]);
    }

    private BsonWriter Eight(long value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        return Raw(eight);
    }

    private BsonWriter Raw(ReadOnlySpan<byte> value)
    {
        bytes.Write(value);
        return this;
    }

    private Span<byte> Back(int start)
    {
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(bytes.WrittenMemory);
        return written.Span.Slice(start, 4);
    }
}
