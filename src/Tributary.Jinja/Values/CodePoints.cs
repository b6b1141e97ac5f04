namespace Tributary.Jinja.Values;

/// <summary>Strings counted as Python counts them: a character outside the basic plane is one, not two.</summary>
internal static class CodePoints
{
    public static bool AreChars(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    public static int Count(string text)
    {
        if (AreChars(text)) return text.Length;
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    public static List<object?> Split(string text)
    {
        var items = new List<object?>(text.Length);
        if (AreChars(text))
        {
            foreach (var c in text) items.Add(c.ToString());
            return items;
        }

        foreach (var rune in text.EnumerateRunes()) items.Add(rune.ToString());
        return items;
    }
}
