namespace Tributary.Core.Text;

/// <summary>A word of the user's file as a message repeats it: cut when long, and without characters that would steer a terminal.</summary>
public static class Excerpt
{
    private const int Longest = 80;

    public static string Of(string text)
    {
        var cut = text.Length > Longest ? text[..Longest] + "…" : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
    }
}
