using System.Buffers;
using System.Text.Json;

namespace Tributary.Core.Ingest.Formats;

/// <summary>JSON documents as bytes: what PostgreSQL cannot hold in them, and what must not arrive, is found and cut without a tree.</summary>
public static class JsonText
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>Where <c>\u0000</c> stands as an escape (not behind a backslash of its own); below 0 when it does not.</summary>
    public static int IndexOfEscapedNul(ReadOnlySpan<byte> document)
    {
        for (var from = 0; document[from..].IndexOf("\\u0000"u8) is var found and >= 0; from += found + 6)
        {
            var before = from + found;
            while (before > 0 && document[before - 1] == '\\') before--;
            if ((from + found - before) % 2 == 0) return from + found;
        }
        return -1;
    }

    /// <summary>The document without NUL characters, and how many there were.</summary>
    public static (byte[] Document, int Removed) WithoutNul(ReadOnlySpan<byte> document)
    {
        var kept = new ArrayBufferWriter<byte>(document.Length);
        var removed = 0;
        for (int at; (at = IndexOfEscapedNul(document)) >= 0; removed++)
        {
            kept.Write(document[..at]);
            document = document[(at + 6)..];
        }
        kept.Write(document);
        return (kept.WrittenSpan.ToArray(), removed);
    }

    /// <summary>
    /// The object without its keys of these names; what is left stands as it was, letter by letter. Throws <see cref="JsonException"/> for what is no JSON.
    /// </summary>
    public static byte[] Without(ReadOnlySpan<byte> document, IEnumerable<string> names)
    {
        var kept = new ArrayBufferWriter<byte>(document.Length);
        var json = new Utf8JsonReader(document, Options);
        json.Read();
        kept.Write("{"u8);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)json.TokenStartIndex;
            var leaves = IsOneOf(ref json, names);
            json.Read();
            json.Skip();
            if (leaves) continue;
            if (kept.WrittenCount > 1) kept.Write(","u8);
            kept.Write(document[start..(int)json.BytesConsumed]);
        }
        kept.Write("}"u8);
        return kept.WrittenSpan.ToArray();
    }

    private static bool IsOneOf(ref Utf8JsonReader json, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (json.ValueTextEquals(name)) return true;
        }
        return false;
    }
}
