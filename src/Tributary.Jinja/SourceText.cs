namespace Tributary.Jinja;

/// <summary>The text of one template with its file name; line ends are "\n" whatever the file had. Immutable.</summary>
public sealed class SourceText
{
    private int[]? lineStarts;

    public SourceText(string fileName, string text)
    {
        FileName = fileName;
        Text = text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
    }

    public string FileName { get; }

    public string Text { get; }

    public SourcePosition PositionOf(int offset)
    {
        var starts = LineStarts;
        var line = Array.BinarySearch(starts, offset);
        if (line < 0) line = ~line - 1;
        return new SourcePosition(FileName, line + 1, offset - starts[line] + 1);
    }

    /// <summary>The text of a line (from 1), without its line end.</summary>
    public string Line(int number)
    {
        var starts = LineStarts;
        if (number < 1 || number > starts.Length) return "";
        var from = starts[number - 1];
        var to = number < starts.Length ? starts[number] - 1 : Text.Length;
        return Text[from..to];
    }

    private int[] LineStarts => lineStarts ??= FindLineStarts();

    private int[] FindLineStarts()
    {
        var starts = new List<int> { 0 };
        for (var at = Text.IndexOf('\n'); at >= 0; at = Text.IndexOf('\n', at + 1)) starts.Add(at + 1);
        return [.. starts];
    }
}
