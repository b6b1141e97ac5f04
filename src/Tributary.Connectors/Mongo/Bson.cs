using System.Buffers.Binary;
using System.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>A BSON document with its fields in order: what servers answer, and small commands.</summary>
internal sealed class Bson
{
    private const int Deepest = 100;

    private readonly List<(string Name, object? Value)> fields = [];

    public Bson()
    {
    }

    public Bson(params IEnumerable<(string Name, object? Value)> fields) => this.fields.AddRange(fields);

    public IReadOnlyList<(string Name, object? Value)> Fields => fields;

    /// <summary>The field's value; null when it is not there or null.</summary>
    public object? this[string name] => fields.Find(field => field.Name == name).Value;

    public bool Has(string name) => fields.Exists(field => field.Name == name);

    public string? Text(string name) => this[name] as string;

    /// <summary>A number of any of the types that servers use for one; 0 when it is none.</summary>
    public long Number(string name) => this[name] switch
    {
        int small => small,
        long large => large,
        double real => (long)real,
        bool truth => truth ? 1 : 0,
        _ => 0,
    };

    public IEnumerable<Bson> Documents(string name) => (this[name] as IReadOnlyList<object?> ?? []).OfType<Bson>();

    /// <summary>Reads one document. Throws <see cref="InvalidDataException"/> when the bytes are none: they come from outside.</summary>
    public static Bson Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var place = 0;
            return Document(bytes, ref place, 0);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The document is cut off.");
        }
    }

    public byte[] ToBytes()
    {
        var writer = new BsonWriter();
        Write(writer.Begin());
        return writer.End().Written.ToArray();
    }

    private void Write(BsonWriter writer)
    {
        foreach (var (name, value) in fields) Write(writer, name, value);
    }

    private static void Write(BsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: writer.Null(name); break;
            case bool truth: writer.Truth(name, truth); break;
            case int small: writer.Integer(name, small); break;
            case long large: writer.Long(name, large); break;
            case double real: writer.Double(name, real); break;
            case string text: writer.Text(name, text); break;
            case DateTimeOffset instant: writer.Instant(name, instant.ToUnixTimeMilliseconds()); break;
            case Decimal128 exact: writer.Decimal(name, exact); break;
            case ObjectId id: writer.ObjectId(name, id.Bytes); break;
            case byte[] binary: writer.Bytes(name, binary); break;
            case Bson document:
                document.Write(writer.Begin(name));
                writer.End();
                break;
            case IEnumerable<object?> list:
                writer.BeginList(name);
                var i = 0;
                foreach (var item in list) Write(writer, BsonWriter.Place(i++), item);
                writer.End();
                break;
            default: throw new NotSupportedException($"No BSON value is made of a {value.GetType()}.");
        }
    }

    private static Bson Document(ReadOnlySpan<byte> bytes, ref int place, int depth)
    {
        if (depth > Deepest) throw new InvalidDataException("The document nests too deep.");
        var end = place + BinaryPrimitives.ReadInt32LittleEndian(bytes[place..]) - 1;
        if (end < place || end >= bytes.Length || bytes[end] != 0) throw new InvalidDataException("A length in the document is wrong.");
        place += 4;
        var document = new Bson();
        while (place < end)
        {
            var type = bytes[place++];
            var name = Name(bytes, ref place);
            document.fields.Add((name, Value(type, bytes, ref place, depth)));
        }
        place = end + 1;
        return document;
    }

    private static object? Value(byte type, ReadOnlySpan<byte> bytes, ref int place, int depth)
    {
        switch (type)
        {
            case 0x01: return BitConverter.Int64BitsToDouble(Eight(bytes, ref place));
            case 0x02: return TextOf(bytes, ref place);
            case 0x03: return Document(bytes, ref place, depth + 1);
            case 0x04: return Document(bytes, ref place, depth + 1).fields.ConvertAll(field => field.Value);
            case 0x05: return Binary(bytes, ref place);
            case 0x07: return new ObjectId(Take(bytes, ref place, 12).ToArray());
            case 0x08: return Take(bytes, ref place, 1)[0] != 0;
            case 0x09: return DateTimeOffset.FromUnixTimeMilliseconds(Eight(bytes, ref place));
            case 0x0A: return null;
            case 0x10: return BinaryPrimitives.ReadInt32LittleEndian(Take(bytes, ref place, 4));
            case 0x11 or 0x12: return Eight(bytes, ref place);
            case 0x13: return new Decimal128((ulong)Eight(bytes, ref place), (ulong)Eight(bytes, ref place));
            default: throw new InvalidDataException($"A value has the type {type:x2}, which no answer should have.");
        }
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int place, int count)
    {
        var taken = bytes.Slice(place, count);
        place += count;
        return taken;
    }

    private static long Eight(ReadOnlySpan<byte> bytes, ref int place) => BinaryPrimitives.ReadInt64LittleEndian(Take(bytes, ref place, 8));

    private static string TextOf(ReadOnlySpan<byte> bytes, ref int place)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(bytes, ref place, 4));
        return Encoding.UTF8.GetString(Take(bytes, ref place, length)[..^1]);
    }

    private static byte[] Binary(ReadOnlySpan<byte> bytes, ref int place)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(bytes, ref place, 4));
        place++;
        return Take(bytes, ref place, length).ToArray();
    }

    private static string Name(ReadOnlySpan<byte> bytes, ref int place)
    {
        var length = bytes[place..].IndexOf((byte)0);
        var name = Encoding.UTF8.GetString(Take(bytes, ref place, length));
        place++;
        return name;
    }
}

/// <summary>Twelve bytes that name a document.</summary>
internal sealed record ObjectId(byte[] Bytes)
{
    public override string ToString() => Convert.ToHexStringLower(Bytes);
}
