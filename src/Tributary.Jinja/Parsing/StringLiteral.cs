using System.Globalization;
using System.Text;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>The value of a string literal, its escapes replaced as Python does.</summary>
internal static class StringLiteral
{
    public static string Read(ReadOnlySpan<char> literal, Location at)
    {
        var body = literal[1..^1];
        if (!body.Contains('\\')) return body.ToString();
        var text = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length) text.Append(body[i]);
            else i += Escape(body[(i + 1)..], text, at);
        }

        return text.ToString();
    }

    /// <summary>Appends what the escape means, and gives how many characters after the backslash belong to it.</summary>
    private static int Escape(ReadOnlySpan<char> rest, StringBuilder text, Location at)
    {
        switch (rest[0])
        {
            case '\n':
                return 1;
            case 'x':
                return Code(rest, 2, text, at);
            case 'u':
                return Code(rest, 4, text, at);
            case 'U':
                return Code(rest, 8, text, at);
            case >= '0' and <= '7':
                return Octal(rest, text);
        }

        var plain = "\\'\"abfnrtv".IndexOf(rest[0]);
        if (plain < 0) text.Append('\\').Append(rest[0]);
        else text.Append("\\'\"\a\b\f\n\r\t\v"[plain]);
        return 1;
    }

    private static int Code(ReadOnlySpan<char> rest, int digits, StringBuilder text, Location at)
    {
        if (rest.Length <= digits || !int.TryParse(rest.Slice(1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > 0x10FFFF)
        {
            throw at.Error($"'\\{rest[0]}' in a string needs {digits} hexadecimal digits of a character");
        }

        if (code is >= 0xD800 and <= 0xDFFF or < 0x10000) text.Append((char)code);
        else text.Append(char.ConvertFromUtf32(code));
        return digits + 1;
    }

    private static int Octal(ReadOnlySpan<char> rest, StringBuilder text)
    {
        var (code, length) = (0, 0);
        for (; length < 3 && length < rest.Length && rest[length] is >= '0' and <= '7'; length++) code = (code * 8) + (rest[length] - '0');
        text.Append((char)code);
        return length;
    }
}
