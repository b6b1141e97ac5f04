using System.Text;
using System.Text.Json;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Fhir.Views;

/// <summary>Reads JSON into nodes that know their lines and columns; strict JSON, bounded in size and depth.</summary>
internal sealed class JsonTree
{
    private const int LargestFile = 10_000_000;
    private const int Deepest = 128;

    private readonly byte[] bytes;
    private readonly string file;
    private readonly List<int> lines = [0];

    private JsonTree(byte[] bytes, string file)
    {
        this.bytes = bytes;
        this.file = file;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n') lines.Add(i + 1);
        }
    }

    /// <summary>Throws TRB0508 for what is no JSON, TRB0106 for a key that stands twice; positions carry <paramref name="file"/>.</summary>
    public static YamlNode Read(byte[] bytes, string file)
    {
        if (bytes.Length > LargestFile) throw new UserErrorException(ErrorCodes.LimitExceeded, new SourcePosition(file), $"the file is larger than {LargestFile / 1_000_000} MB");
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
        var tree = new JsonTree(bytes, file);
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            json.Read();
            var node = tree.Value(ref json);
            json.Read();
            return node;
        }
        catch (JsonException wrong)
        {
            throw new UserErrorException(ErrorCodes.ViewInvalid, new SourcePosition(file, (int)(wrong.LineNumber ?? 0) + 1, (int)(wrong.BytePositionInLine ?? 0) + 1), "this is not JSON");
        }
        catch (InvalidOperationException)
        {
            throw new UserErrorException(ErrorCodes.ViewInvalid, tree.Place(json.TokenStartIndex), "this text is not valid UTF-8, or holds half a surrogate pair");
        }
    }

    private YamlNode Value(ref Utf8JsonReader json)
    {
        var at = Place(json.TokenStartIndex);
        return json.TokenType switch
        {
            JsonTokenType.StartObject => Map(ref json, at),
            JsonTokenType.StartArray => List(ref json, at),
            JsonTokenType.String => new YamlScalar(at, json.GetString()!, YamlStyle.DoubleQuoted), // a string token has a string
            _ => new YamlScalar(at, Encoding.UTF8.GetString(json.ValueSpan)),
        };
    }

    private YamlMap Map(ref Utf8JsonReader json, SourcePosition at)
    {
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var keyAt = Place(json.TokenStartIndex);
            var key = json.GetString()!; // as above
            if (!seen.Add(key)) throw new UserErrorException(ErrorCodes.DuplicateKey, keyAt, $"'{key}' stands here twice");
            json.Read();
            entries.Add(new YamlEntry(key, keyAt, Value(ref json)));
        }
        return new YamlMap(at, entries);
    }

    private YamlList List(ref Utf8JsonReader json, SourcePosition at)
    {
        var items = new List<YamlNode>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Value(ref json));
        return new YamlList(at, items);
    }

    /// <summary>Columns count characters, not bytes.</summary>
    private SourcePosition Place(long index)
    {
        var found = lines.BinarySearch((int)index);
        var line = found >= 0 ? found : ~found - 1;
        return new SourcePosition(file, line + 1, Encoding.UTF8.GetCharCount(bytes, lines[line], (int)index - lines[line]) + 1);
    }
}
