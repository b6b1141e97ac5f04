using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// Reads the text of a <c>pg_node_tree</c>. Sources: <c>pg_strtok</c> and <c>nodeRead</c> in src/backend/nodes/read.c (tokens, lists),
/// <c>outToken</c> and <c>outDatum</c> in src/backend/nodes/outfuncs.c (escapes, bytes of constants).
/// </summary>
internal ref struct TreeReader
{
    private readonly ReadOnlySpan<char> text;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known;
    private int at;

    private TreeReader(ReadOnlySpan<char> text)
    {
        this.text = text;
        known = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A node, a list or a single value; throws <see cref="FormatException"/> on anything that is no node tree.</summary>
    public static object? Read(string text)
    {
        var reader = new TreeReader(text);
        return reader.Value();
    }

    private object? Value()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        SkipSpace();
        return Peek() switch
        {
            '{' => Node(),
            '(' => List(),
            _ => Token(),
        };
    }

    private TreeNode Node()
    {
        at++;
        SkipSpace();
        var type = Token() ?? throw Bad("a node without a type");
        var fields = new List<KeyValuePair<string, object?>>();
        for (SkipSpace(); Peek() != '}'; SkipSpace())
        {
            var name = Token();
            if (name is not [':', ..]) throw Bad("a field's name is missing");
            // Whatever comes next is the value, even when a name of the user's makes it look like a field.
            fields.Add(new(name[1..], FieldValue()));
        }
        at++;
        return new TreeNode(type, fields);
    }

    private object? FieldValue()
    {
        var value = Value();
        SkipSpace();
        return Peek() == '[' ? Bytes() : value;
    }

    private List<object?> List()
    {
        at++;
        var items = new List<object?>();
        for (SkipSpace(); Peek() != ')'; SkipSpace()) items.Add(Value());
        at++;
        return items;
    }

    /// <summary>A constant's bytes, written as signed decimal numbers: <c>[ 28 0 0 0 109 -61 ]</c>.</summary>
    private byte[] Bytes()
    {
        at++;
        var bytes = new List<byte>();
        for (SkipSpace(); Peek() != ']'; SkipSpace())
        {
            bytes.Add(unchecked((byte)int.Parse(RawToken(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)));
        }
        at++;
        return [.. bytes];
    }

    private string? Token()
    {
        var raw = RawToken();
        if (raw is "<>") return null;
        if (raw is ['"', .., '"']) raw = raw[1..^1];
        if (raw.Contains('\\')) return Unescape(raw);
        if (known.TryGetValue(raw, out var same)) return same;
        var token = raw.ToString();
        known.Set.Add(token);
        return token;
    }

    private ReadOnlySpan<char> RawToken()
    {
        var start = at;
        while (at < text.Length && !IsDelimiter(text[at])) at += text[at] == '\\' ? 2 : 1;
        return at > start && at <= text.Length ? text[start..at] : throw Bad("a value is missing");
    }

    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var plain = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\' && i + 1 < raw.Length) i++;
            plain.Append(raw[i]);
        }
        return plain.ToString();
    }

    private static bool IsDelimiter(char letter) => letter is ' ' or '\n' or '\t' or '(' or ')' or '{' or '}';

    private void SkipSpace()
    {
        while (at < text.Length && (text[at] is ' ' or '\n' or '\t')) at++;
    }

    private readonly char Peek() => at < text.Length ? text[at] : throw Bad("it ends too early");

    private readonly FormatException Bad(string what) => new($"Not a node tree: {what} (character {at}).");
}
