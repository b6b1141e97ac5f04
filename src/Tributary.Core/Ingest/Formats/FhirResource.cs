using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// Reads type, id, version and last update of a FHIR resource (R4 "Resource", "Meta") in one pass without building a
/// tree, and says why a record cannot be one. Two keys of the same name: the last counts, as in jsonb.
/// </summary>
public static class FhirResource
{
    private const int MaxIdBytes = 256;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>
    /// Null and the key when <paramref name="document"/> is a resource of <paramref name="type"/>; else the reason,
    /// and in <paramref name="detail"/> what was found, without values. A null <paramref name="type"/> accepts every type.
    /// </summary>
    public static RejectReason? Read(ReadOnlySpan<byte> document, string? type, out RecordKey key, out string detail)
    {
        key = default;
        if (NulOrBadText(document, out detail) is { } reason) return reason;
        try
        {
            var found = default(Found);
            var json = new Utf8JsonReader(document, Options);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                detail = $"expected an object, found {json.TokenType}";
                return RejectReason.BadJson;
            }
            ReadObject(ref json, ref found);
            json.Read();
            return Judge(found, type, out key, out detail);
        }
        catch (JsonException error)
        {
            detail = $"not JSON at byte {error.BytePositionInLine} of line {error.LineNumber + 1} of the record";
            return RejectReason.BadJson;
        }
    }

    /// <summary>The resource's type, from its first part alone when it comes early; null when there is none or this is no resource.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> document)
    {
        try
        {
            var json = new Utf8JsonReader(document, isFinalBlock: false, new JsonReaderState(Options));
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isType = json.ValueTextEquals("resourceType"u8);
                if (!json.Read()) return null;
                if (isType) return json.TokenType == JsonTokenType.String ? json.GetString() : null;
                if (!json.TrySkip()) return null;
            }
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>True for text that can be the name of a FHIR type, so that a message may show it.</summary>
    public static bool IsTypeName(string text) => text.Length is > 0 and < 64 && text.All(char.IsAsciiLetter);

    private static void ReadObject(ref Utf8JsonReader json, ref Found found)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("resourceType"u8)) found.Type = Text(ref json, out found.TypeIs);
            else if (json.ValueTextEquals("id"u8)) found.Id = Text(ref json, out found.IdIs);
            else if (json.ValueTextEquals("meta"u8)) ReadMeta(ref json, ref found);
            else Skip(ref json);
        }
    }

    private static void ReadMeta(ref Utf8JsonReader json, ref Found found)
    {
        (found.Version, found.LastUpdated) = (null, null);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("versionId"u8)) found.Version = Text(ref json, out _);
            else if (json.ValueTextEquals("lastUpdated"u8)) found.LastUpdated = Text(ref json, out _);
            else Skip(ref json);
        }
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private static string? Text(ref Utf8JsonReader json, out JsonTokenType token)
    {
        json.Read();
        token = json.TokenType;
        if (token == JsonTokenType.String) return Unescaped(ref json);
        json.Skip();
        return null;
    }

    // A lone surrogate in an id cannot become text; jsonb would refuse the record as well.
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

    private static RejectReason? NulOrBadText(ReadOnlySpan<byte> document, out string detail)
    {
        detail = "";
        if (document.IndexOf((byte)0) is var raw and >= 0)
        {
            detail = $"a NUL byte at byte {raw} of the record";
            return RejectReason.NulCharacter;
        }
        if (!Utf8.IsValid(document))
        {
            detail = "the bytes are not UTF-8";
            return RejectReason.BadUtf8;
        }
        if (JsonText.IndexOfEscapedNul(document) is var escaped and >= 0)
        {
            detail = $"\\u0000, which jsonb cannot hold, at byte {escaped} of the record";
            return RejectReason.NulCharacter;
        }
        return null;
    }

    private static RejectReason? Judge(in Found found, string? type, out RecordKey key, out string detail)
    {
        (key, detail) = (default, "");
        if (found.Type is null)
        {
            detail = found.TypeIs == default ? "no resourceType" : $"resourceType is {found.TypeIs}, not a string";
            return RejectReason.MissingType;
        }
        if (type is not null && found.Type != type)
        {
            detail = $"the stream is {type}, the record is {(IsTypeName(found.Type) ? found.Type : $"text of length {found.Type.Length}")}";
            return RejectReason.WrongType;
        }
        if (found.Id is null && found.IdIs is JsonTokenType.None or JsonTokenType.Null)
        {
            detail = "no id";
            return RejectReason.MissingId;
        }
        if (found.Id is null || !IsId(found.Id))
        {
            detail = found.Id is null ? $"id is {found.IdIs}, not a string" : $"id of length {found.Id.Length} is empty, too long or holds blanks";
            return RejectReason.BadId;
        }
        if (!TryInstant(found.LastUpdated, out var lastUpdated))
        {
            detail = $"meta.lastUpdated of length {found.LastUpdated!.Length} is no instant"; // null is an instant unknown
            return RejectReason.BadVersion;
        }
        key = new RecordKey(found.Id, found.Version, lastUpdated);
        return null;
    }

    private static bool IsId(string id) =>
        id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= MaxIdBytes && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '/');

    /// <summary>A FHIR instant (or date) to UTC in whole microseconds, as timestamptz rounds it down.</summary>
    public static bool TryInstant(string? text, out DateTime? instant)
    {
        instant = null;
        if (text is null) return true;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text.Length < 10 || !DateTime.TryParse(text, CultureInfo.InvariantCulture, styles, out var parsed)) return false;
        instant = new DateTime(parsed.Ticks - parsed.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
        return true;
    }

    private ref struct Found
    {
        public string? Type;
        public string? Id;
        public string? Version;
        public string? LastUpdated;
        public JsonTokenType TypeIs;
        public JsonTokenType IdIs;
    }
}
