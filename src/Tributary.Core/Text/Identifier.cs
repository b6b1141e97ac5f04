using System.Security.Cryptography;
using System.Text;

namespace Tributary.Core.Text;

/// <summary>Names in PostgreSQL: the only way a name from outside becomes SQL.</summary>
public static class Identifier
{
    /// <summary>NAMEDATALEN − 1 (PostgreSQL documentation, "Identifiers and Key Words").</summary>
    public const int MaxBytes = 63;

    /// <summary>The name in double quotes, inner quotes doubled. Refuses empty names and NUL, which no server accepts.</summary>
    public static string Quote(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('\0')) throw new ArgumentException("A name holds a NUL character.", nameof(name));
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A text literal in single quotes, for the few statements that take no parameters (utility commands).</summary>
    public static string Literal(string text)
    {
        if (text.Contains('\0')) throw new ArgumentException("A literal holds a NUL character.", nameof(text));
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        return text.Contains('\\') ? $"E'{quoted.Replace("\\", "\\\\", StringComparison.Ordinal)}'" : $"'{quoted}'";
    }

    /// <summary>
    /// The name itself when it fits into 63 bytes with the suffix, else prefix + '_' + 8 hex digits of its SHA-256,
    /// so that two long names never collide, derived ones (<c>__tmp</c>, <c>__bak</c>) included.
    /// </summary>
    public static string Shorten(string name, string suffix = "")
    {
        var room = MaxBytes - Encoding.UTF8.GetByteCount(suffix);
        if (Encoding.UTF8.GetByteCount(name) <= room) return name + suffix;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        var prefix = name;
        while (Encoding.UTF8.GetByteCount(prefix) > room - 9) prefix = prefix[..^(char.IsLowSurrogate(prefix[^1]) ? 2 : 1)];
        return $"{prefix}_{hash}{suffix}";
    }

    /// <summary>Letters, digits, <c>-</c> and <c>_</c> alone: safe as a file's name, in an address and in a message.</summary>
    public static bool IsPlainName(string name) => name.Length is > 0 and <= MaxBytes && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary><c>QuestionnaireResponse</c> → <c>questionnaire_response</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
