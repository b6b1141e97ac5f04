using System.Text;
using System.Text.Json;

namespace Tributary.Connectors.Mongo;

/// <summary>A value of PostgreSQL's <c>jsonb</c> as a field: objects and lists nest, whole numbers that fit are integers, all others exact decimals.</summary>
internal static class JsonToBson
{
    /// <summary>MongoDB takes 100 levels; one is the document itself.</summary>
    private const int Deepest = 99;

    /// <summary>Throws <see cref="InvalidDataException"/> with what the column "holds" when it cannot be a field.</summary>
    public static void Write(BsonWriter writer, string name, string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        Value(writer, name, ref reader, 1);
    }

    private static void Value(BsonWriter writer, string name, ref Utf8JsonReader reader, int depth)
    {
        if (depth > Deepest) throw new InvalidDataException($"nests deeper than the {Deepest} levels that MongoDB takes");
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: Members(writer.Begin(name), ref reader, depth); break;
            case JsonTokenType.StartArray: Items(writer.BeginList(name), ref reader, depth); break;
            case JsonTokenType.String: writer.Text(name, reader.GetString()); break;
            case JsonTokenType.Number: Number(writer, name, ref reader); break;
            case JsonTokenType.True or JsonTokenType.False: writer.Truth(name, reader.GetBoolean()); break;
            default: writer.Null(name); break;
        }
    }

    private static void Members(BsonWriter writer, ref Utf8JsonReader reader, int depth)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!; // a property has a name
            if (name.StartsWith('$') || name.Contains('.')) throw new InvalidDataException("holds a name inside with a dot or a `$` at its start, which charts cannot read");
            reader.Read();
            Value(writer, name, ref reader, depth + 1);
        }
        writer.End();
    }

    private static void Items(BsonWriter writer, ref Utf8JsonReader reader, int depth)
    {
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++) Value(writer, BsonWriter.Place(i), ref reader, depth + 1);
        writer.End();
    }

    private static void Number(BsonWriter writer, string name, ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt32(out var small)) writer.Integer(name, small);
        else if (reader.TryGetInt64(out var large)) writer.Long(name, large);
        else
        {
            var text = Encoding.UTF8.GetString(reader.ValueSpan);
            writer.Decimal(name, Decimal128.Parse(text) ?? throw new InvalidDataException("holds a number with more than 34 digits"));
        }
    }
}
