using System.Text;
using System.Text.Json;

namespace Tributary.Connectors.Couch;

/// <summary>
/// One row of a changes feed or of a list of documents, read without building a tree. <paramref name="Sequence"/> is null where the server leaves it out between intervals.
/// </summary>
internal readonly record struct Change(
    string? Id, string? Revision, string? Sequence, bool IsDeleted, ReadOnlyMemory<byte> Document, string? Type, bool HasAttachments, bool IsError, bool IsEnd)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>Reads a row; of one that was cut off, what stands before the cut. Throws <see cref="JsonException"/> for what is no JSON.</summary>
    public static Change Read(ReadOnlyMemory<byte> row, bool isWhole)
    {
        var json = new Utf8JsonReader(row.Span, isWhole, new JsonReaderState(Options));
        var change = default(Change);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8)) change = change with { Id = Text(ref json) };
            else if (json.ValueTextEquals("seq"u8)) change = change with { Sequence = Raw(ref json, row.Span) };
            else if (json.ValueTextEquals("last_seq"u8)) change = change with { Sequence = Raw(ref json, row.Span), IsEnd = true };
            else if (json.ValueTextEquals("changes"u8)) change = change with { Revision = FirstRevision(ref json) ?? change.Revision };
            else if (json.ValueTextEquals("deleted"u8)) change = change with { IsDeleted = json.Read() && json.TokenType == JsonTokenType.True };
            else if (json.ValueTextEquals("key"u8)) change = Text(ref json) is { } key && change.Id is null ? change with { Id = key } : change;
            else if (json.ValueTextEquals("value"u8)) change = ReadValue(ref json, change);
            else if (json.ValueTextEquals("doc"u8)) change = ReadDocument(ref json, row, change);
            else
            {
                if (json.ValueTextEquals("error"u8)) change = change with { IsError = true };
                if (!Pass(ref json)) break;
            }
        }
        return change;
    }

    private static Change ReadDocument(ref Utf8JsonReader json, ReadOnlyMemory<byte> row, Change change)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return change;
        var start = (int)json.TokenStartIndex;
        var isDocument = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("_rev"u8)) change = change with { Revision = Text(ref json) ?? change.Revision };
            else if (json.ValueTextEquals("type"u8)) change = change with { Type = Text(ref json) };
            else if (json.ValueTextEquals("_deleted"u8)) change = change with { IsDeleted = json.Read() && json.TokenType == JsonTokenType.True };
            else
            {
                if (json.ValueTextEquals("_id"u8)) isDocument = true;
                else if (json.ValueTextEquals("_attachments"u8)) change = change with { HasAttachments = true };
                if (!Pass(ref json)) return change;
            }
        }
        // A server may say here why it has no document.
        return isDocument ? change with { Document = row[start..(int)json.BytesConsumed] } : change;
    }

    private static Change ReadValue(ref Utf8JsonReader json, Change change)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return change;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("rev"u8)) change = change with { Revision = Text(ref json) ?? change.Revision };
            else if (json.ValueTextEquals("deleted"u8)) change = change with { IsDeleted = json.Read() && json.TokenType == JsonTokenType.True };
            else if (!Pass(ref json)) return change;
        }
        return change;
    }

    private static string? FirstRevision(ref Utf8JsonReader json)
    {
        string? first = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray) return null;
        for (var depth = json.CurrentDepth; json.Read() && json.CurrentDepth > depth;)
        {
            if (first is null && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("rev"u8)) first = Text(ref json);
        }
        return first;
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        if (!json.Read()) return null;
        if (json.TokenType == JsonTokenType.String) return Unescaped(ref json);
        json.TrySkip();
        return null;
    }

    // Sequences are numbers, texts or, at some servers, lists; all of them go back as they came.
    internal static string? Raw(ref Utf8JsonReader json, ReadOnlySpan<byte> row)
    {
        if (!json.Read() || json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType == JsonTokenType.String) return Unescaped(ref json);
        var start = (int)json.TokenStartIndex;
        return json.TrySkip() ? Encoding.UTF8.GetString(row[start..(int)json.BytesConsumed]) : null;
    }

    private static bool Pass(ref Utf8JsonReader json) => json.Read() && json.TrySkip();

    // Half of a surrogate pair cannot become text.
    private static string Unescaped(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!; // a string token is never null
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("surrogate", null, 0, json.TokenStartIndex, error);
        }
    }
}
