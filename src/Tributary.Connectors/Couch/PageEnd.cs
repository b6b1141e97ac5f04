using System.Text.Json;

namespace Tributary.Connectors.Couch;

/// <summary>What a page of a feed says behind its rows: where the next begins and, where the server counts it, how much is left.</summary>
internal readonly record struct PageEnd(string? Sequence, long? Pending, bool IsError)
{
    public static PageEnd Read(ReadOnlySpan<byte> frame)
    {
        var json = new Utf8JsonReader(frame);
        var end = default(PageEnd);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("last_seq"u8)) end = end with { Sequence = Change.Raw(ref json, frame) };
            else if (json.ValueTextEquals("pending"u8)) end = end with { Pending = json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var count) ? count : null };
            else
            {
                if (json.ValueTextEquals("error"u8)) end = end with { IsError = true };
                json.Read();
                json.Skip();
            }
        }
        return end;
    }
}
