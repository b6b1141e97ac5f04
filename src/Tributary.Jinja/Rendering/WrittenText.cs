namespace Tributary.Jinja.Rendering;

/// <summary>
/// What statements write, in one piece of memory that each thread keeps for what it renders next. A text that was written in one
/// piece, as by a macro that only calls another, is handed on without a copy.
/// </summary>
internal sealed class WrittenText
{
    private const int LargestKept = 1 << 16;

    [ThreadStatic]
    private static Stack<WrittenText>? spare;

    private char[] characters = new char[1024];
    private int length;
    private string? only;

    public static WrittenText Rent() => spare is { } kept && kept.TryPop(out var text) ? text : new WrittenText();

    /// <summary>Nobody may write to it any more.</summary>
    public static void Return(WrittenText text)
    {
        if (text.characters.Length > LargestKept) return;
        (text.length, text.only) = (0, null);
        (spare ??= new()).Push(text);
    }

    public void Append(string value)
    {
        if (value.Length == 0) return;
        if (only is null && length == 0)
        {
            only = value;
            return;
        }

        if (only is not null)
        {
            Copy(only);
            only = null;
        }

        Copy(value);
    }

    public override string ToString() => only ?? new string(characters, 0, length);

    private void Copy(string value)
    {
        if (length + value.Length > characters.Length) Array.Resize(ref characters, Math.Max(length + value.Length, 2 * characters.Length));
        value.CopyTo(0, characters, length, value.Length);
        length += value.Length;
    }
}
