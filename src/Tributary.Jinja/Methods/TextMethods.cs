using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Methods;

/// <summary>Methods of strings that give other strings.</summary>
internal static class TextMethods
{
    private const int MaxWidth = 1_000_000;

    public static IEnumerable<Builtin> All { get; } =
    [
        new("lower", "", (s, _) => Of(s).ToLowerInvariant()),
        new("casefold", "", (s, _) => Of(s).ToLowerInvariant()),
        new("upper", "", (s, _) => Of(s).ToUpperInvariant()),
        new("title", "", (s, _) => TextCase.Title(Of(s))),
        new("capitalize", "", (s, _) => TextCase.Capitalize(Of(s))),
        new("swapcase", "", (s, _) => TextCase.Swap(Of(s))),
        new("strip", "chars=None", (s, a) => Strip(Of(s), a.TextOrNone(0), true, true)),
        new("lstrip", "chars=None", (s, a) => Strip(Of(s), a.TextOrNone(0), true, false)),
        new("rstrip", "chars=None", (s, a) => Strip(Of(s), a.TextOrNone(0), false, true)),
        new("removeprefix", "prefix", (s, a) => Of(s).StartsWith(a.Text(0), StringComparison.Ordinal) ? Of(s)[a.Text(0).Length..] : s),
        new("removesuffix", "suffix", (s, a) => Of(s).EndsWith(a.Text(0), StringComparison.Ordinal) ? Of(s)[..^a.Text(0).Length] : s),
        new("replace", "old, new, count=-1", (s, a) => Replace(Of(s), (a.Text(0), a.Text(1)), a.Integer(2), a.Context)),
        new("format", "*args, **kwargs", (s, a) => new BraceFormat(a).Apply(Of(s))),
        new("join", "items", (s, a) => Join(Of(s), a)),
        new("zfill", "width", (s, a) => ZeroFill(Of(s), Width(a))),
        new("ljust", "width, fill=' '", (s, a) => Of(s).PadRight(Width(a), Fill(a))),
        new("rjust", "width, fill=' '", (s, a) => Of(s).PadLeft(Width(a), Fill(a))),
        new("center", "width, fill=' '", (s, a) => Center(Of(s), Width(a), Fill(a))),
        new("expandtabs", "tabsize=8", (s, a) => ExpandTabs(Of(s), a)),
    ];

    public static string Strip(string text, string? chars, bool atStart, bool atEnd)
    {
        var (start, end) = (0, text.Length);
        bool Goes(char c) => chars is null ? char.IsWhiteSpace(c) : chars.Contains(c);
        while (atStart && start < end && Goes(text[start])) start++;
        while (atEnd && end > start && Goes(text[end - 1])) end--;
        return text[start..end];
    }

    public static string Center(string text, int width, char fill)
    {
        var missing = width - text.Length;
        if (missing <= 0) return text;
        var left = (missing / 2) + (missing & width & 1);
        return new string(fill, left) + text + new string(fill, missing - left);
    }

    /// <summary>Replaces the first occurrences, all of them when the count is negative.</summary>
    public static string Replace(string text, (string Old, string By) pair, int count, TemplateContext context)
    {
        var (old, by) = pair;
        var output = new TextBuilder(context);
        var at = 0;
        if (old.Length == 0) return ReplaceNothing(text, by, count, output);
        while (count != 0 && text.IndexOf(old, at, StringComparison.Ordinal) is var found && found >= 0)
        {
            output.Write(text.AsSpan(at, found - at));
            output.Write(by);
            at = found + old.Length;
            if (count > 0) count--;
        }

        if (at == 0) return text;
        output.Write(text.AsSpan(at));
        return output.ToString();
    }

    public static int Width(BoundArguments arguments)
    {
        var width = Math.Max(0, arguments.Integer(0));
        if (width > MaxWidth) throw new TemplateException($"a width may be at most {MaxWidth}");
        arguments.Context.Charge(width);
        return width;
    }

    private static string Of(object? text) => (string)text!; // the table gives these methods to strings only

    private static char Fill(BoundArguments arguments) =>
        arguments.Text(1) is [var fill] ? fill : throw new TemplateException("the fill must be one character");

    private static string ReplaceNothing(string text, string by, int count, TextBuilder output)
    {
        for (var i = 0; i <= text.Length; i++)
        {
            if (count < 0 || i < count) output.Write(by);
            if (i < text.Length) output.Write(text[i]);
        }

        return output.ToString();
    }

    private static string Join(string separator, BoundArguments arguments)
    {
        var output = new TextBuilder(arguments.Context);
        var isFirst = true;
        foreach (var item in Sequences.Of(arguments[0], arguments.Context))
        {
            if (!isFirst) output.Write(separator);
            isFirst = false;
            output.Write(item as string ?? throw NotText(item));
        }

        return output.ToString();
    }

    private static TemplateException NotText(object? item) => (item as Undefined)?.Error()
        ?? new TemplateException($"join() joins strings, not '{TypeNames.Of(item)}'", "The filter 'join' turns the elements into text first.");

    private static string ZeroFill(string text, int width)
    {
        var sign = text is ['+' or '-', ..] ? 1 : 0;
        return text[..sign] + text[sign..].PadLeft(Math.Max(0, width - sign), '0');
    }

    private static string ExpandTabs(string text, BoundArguments arguments)
    {
        var size = Math.Max(0, arguments.Integer(0));
        if (size > MaxWidth) throw new TemplateException($"a width may be at most {MaxWidth}");
        var output = new TextBuilder(arguments.Context);
        var column = 0;
        foreach (var c in text)
        {
            if (c == '\t' && size > 0)
            {
                var blanks = size - (column % size);
                output.Write(' ', blanks);
                column += blanks;
                continue;
            }

            if (c != '\t') output.Write(c);
            column = c is '\n' or '\r' ? 0 : column + 1;
        }

        return output.ToString();
    }
}
