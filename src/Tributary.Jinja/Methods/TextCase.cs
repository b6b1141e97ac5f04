using System.Text;

namespace Tributary.Jinja.Methods;

/// <summary>Upper and lower case, as Python's methods and Jinja's filters of these names have them.</summary>
internal static class TextCase
{
    public static string Capitalize(string text) =>
        text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static string Swap(string text) =>
        string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsUpper(from[i]) ? char.ToLowerInvariant(from[i]) : char.ToUpperInvariant(from[i]);
        });

    /// <summary>A capital after anything that is not a letter.</summary>
    public static string Title(string text)
    {
        var output = new StringBuilder(text.Length);
        var isInWord = false;
        foreach (var c in text)
        {
            output.Append(isInWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            isInWord = char.IsLetter(c);
        }

        return output.ToString();
    }

    /// <summary>A capital after a blank, a hyphen or an opening bracket only.</summary>
    public static string TitleWords(string text)
    {
        var output = new StringBuilder(text.Length);
        var isInWord = false;
        foreach (var c in text)
        {
            output.Append(isInWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            isInWord = !(char.IsWhiteSpace(c) || c is '-' or '(' or '{' or '[' or '<');
        }

        return output.ToString();
    }
}
