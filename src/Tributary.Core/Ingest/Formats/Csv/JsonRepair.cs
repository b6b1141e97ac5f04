using System.Buffers;
using Tributary.Core.Ingest.Formats.Csv.Fields;

namespace Tributary.Core.Ingest.Formats.Csv;

/// <summary>
/// Mends JSON that was damaged on its way: <c>"\</c> where <c>\"</c> was meant, quotes inside texts that are not escaped, raw control
/// characters, and backslashes that escape nothing. One pass from left to right by fixed rules, so the same text always gives the same
/// result; what it gives is valid JSON, and valid JSON is never touched. It moves or adds escapes and changes nothing else.
/// </summary>
internal sealed class JsonRepair
{
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly ArrayBufferWriter<byte> output = new();
    private readonly Stack<byte> open = new();
    private byte[] text = [];
    private int at;

    /// <summary>What was done to the last text.</summary>
    public JsonDamage Found { get; private set; }

    /// <summary>
    /// The mended text, or null when the rules do not make JSON of it. <paramref name="broken"/> must not be valid JSON that jsonb can hold.
    /// </summary>
    public byte[]? Mend(ReadOnlySpan<byte> broken)
    {
        (text, at, Found) = (broken.ToArray(), 0, JsonDamage.None);
        output.Clear();
        open.Clear();
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '"') MendText();
            else
            {
                if (c is (byte)'{' or (byte)'[') open.Push(c);
                else if (c is (byte)'}' or (byte)']' && open.Count > 0) open.Pop();
                Put(c);
            }
        }
        return Found != JsonDamage.None && JsonField.IsValid(output.WrittenSpan) ? output.WrittenSpan.ToArray() : null;
    }

    // Behind the quote that opens a text.
    private void MendText()
    {
        var isKey = open.Count > 0 && open.Peek() == '{' && IsAfterKeyMark();
        Put((byte)'"');
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '\\') MendEscape();
            else if (c < 0x20) MendControl(c);
            else if (c != '"') Put(c);
            else if (at < text.Length && text[at] == '\\')
            {
                at++;
                PutEscaped((byte)'"', JsonDamage.SwappedEscape);
            }
            else if (IsEnd(at, isKey))
            {
                Put(c);
                return;
            }
            else PutEscaped(c, JsonDamage.InnerQuote);
        }
    }

    private void MendEscape()
    {
        var next = at < text.Length ? text[at] : (byte)0;
        var isEscape = next == 'u' ? IsHex(at + 1) : next != 0 && "\"\\/bfnrt"u8.Contains(next);
        if (isEscape)
        {
            Put((byte)'\\');
            Put(next);
            at++;
        }
        else PutEscaped((byte)'\\', JsonDamage.BadEscape);
    }

    private void MendControl(byte c)
    {
        var name = c switch { 8 => 'b', 9 => 't', 10 => 'n', 12 => 'f', 13 => 'r', _ => '\0' };
        Found |= JsonDamage.ControlCharacter;
        Put((byte)'\\');
        if (name != '\0') Put((byte)name);
        else output.Write(System.Text.Encoding.ASCII.GetBytes($"u{(int)c:x4}"));
    }

    // A quote ends a text when what follows could follow one: the colon of a key; behind a value the end of what is open, or a comma and
    // then the next key or value.
    private bool IsEnd(int from, bool isKey)
    {
        var next = Skip(from);
        if (isKey) return next < text.Length && text[next] == ':';
        if (next >= text.Length) return open.Count == 0;
        if (open.Count == 0) return false;
        var isObject = open.Peek() == '{';
        if (text[next] == (isObject ? '}' : ']')) return EndsWell(next + 1);
        if (text[next] != ',') return false;
        next = Skip(next + 1);
        if (next >= text.Length) return false;
        if (!isObject) return "\"{[-0123456789tfn"u8.Contains(text[next]);
        if (text[next] != '"') return false;
        for (var i = next + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return Skip(i + 1) is var colon && colon < text.Length && text[colon] == ':';
        }
        return false;
    }

    // Behind a bracket: the end, or what may follow a value.
    private bool EndsWell(int from)
    {
        var next = Skip(from);
        return next >= text.Length ? open.Count == 1 : text[next] is (byte)',' or (byte)'}' or (byte)']';
    }

    private bool IsAfterKeyMark()
    {
        for (var i = at - 2; i >= 0; i--)
        {
            if (!IsBlank(text[i])) return text[i] is (byte)'{' or (byte)',';
        }
        return false;
    }

    private bool IsHex(int from) => from + 4 <= text.Length && !text.AsSpan(from, 4).ContainsAnyExcept(Hex);

    private int Skip(int from)
    {
        while (from < text.Length && IsBlank(text[from])) from++;
        return from;
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private void PutEscaped(byte c, JsonDamage damage)
    {
        Found |= damage;
        Put((byte)'\\');
        Put(c);
    }

    private void Put(byte c)
    {
        output.GetSpan(1)[0] = c;
        output.Advance(1);
    }
}

/// <summary>What was wrong with a JSON text.</summary>
[Flags]
internal enum JsonDamage
{
    None = 0,

    /// <summary><c>"\</c> for <c>\"</c>.</summary>
    SwappedEscape = 1,

    /// <summary>A quote in a text without its backslash.</summary>
    InnerQuote = 2,

    /// <summary>A line end or another control character as it is.</summary>
    ControlCharacter = 4,

    /// <summary>A backslash that escapes nothing.</summary>
    BadEscape = 8,
}

/// <summary>The words of damages in the ledger.</summary>
internal static class JsonDamages
{
    public static string Words(this JsonDamage damage) =>
        string.Join(", ", Enum.GetValues<JsonDamage>().Where(one => one != JsonDamage.None && damage.HasFlag(one)).Select(one => Text.Identifier.Snake(one.ToString())));
}
