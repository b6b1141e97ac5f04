using System.Buffers;
using System.Text;
using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods of strings that take them apart.</summary>
internal static class TextSplitMethods
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029");

    public static IEnumerable<Builtin> All { get; } =
    [
        new("split", "sep=None, maxsplit=-1", (s, a) => Split(Of(s), a)),
        new("rsplit", "sep=None, maxsplit=-1", (s, a) => SplitFromRight(Of(s), a)),
        new("splitlines", "keepends=False", (s, a) => Lines(Of(s), a)),
        new("partition", "sep", (s, a) => Partition(Of(s), Separator(a), false)),
        new("rpartition", "sep", (s, a) => Partition(Of(s), Separator(a), true)),
        new("encode", "encoding='utf-8', errors='strict'", (s, a) => Bytes(Of(s), a.Context)),
    ];

    private static string Of(object? text) => (string)text!; // the table gives these methods to strings only

    private static string Separator(BoundArguments arguments) =>
        arguments.Text(0) is { Length: > 0 } separator ? separator : throw new TemplateException("the separator is empty");

    private static List<object?> Split(string text, BoundArguments arguments)
    {
        var most = arguments.Integer(1);
        if (arguments[0] is null) return SplitAtBlanks(text, most, arguments.Context);
        var separator = Separator(arguments);
        var parts = new List<object?>();
        var at = 0;
        while (most < 0 || parts.Count < most)
        {
            var found = text.IndexOf(separator, at, StringComparison.Ordinal);
            if (found < 0) break;
            Add(parts, text[at..found], arguments.Context);
            at = found + separator.Length;
        }

        Add(parts, text[at..], arguments.Context);
        return parts;
    }

    private static List<object?> SplitAtBlanks(string text, int most, TemplateContext context)
    {
        var parts = new List<object?>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) return parts;
            var end = at;
            if (most >= 0 && parts.Count >= most) end = text.Length;
            else while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
            Add(parts, text[at..end], context);
            if (most >= 0 && parts.Count > most) return parts;
            at = end;
        }
    }

    private static List<object?> SplitFromRight(string text, BoundArguments arguments)
    {
        var most = arguments.Integer(1);
        if (most < 0) return Split(text, arguments);
        if (arguments[0] is null) return SplitBlanksFromRight(text, most, arguments.Context);
        var separator = Separator(arguments);
        var parts = new List<object?>();
        var end = text.Length;
        while (parts.Count < most && end > 0)
        {
            var found = text.AsSpan(0, end).LastIndexOf(separator);
            if (found < 0) break;
            Add(parts, text[(found + separator.Length)..end], arguments.Context);
            end = found;
        }

        Add(parts, text[..end], arguments.Context);
        parts.Reverse();
        return parts;
    }

    private static List<object?> SplitBlanksFromRight(string text, int most, TemplateContext context)
    {
        var parts = new List<object?>();
        for (var end = text.Length; ;)
        {
            while (end > 0 && char.IsWhiteSpace(text[end - 1])) end--;
            if (end == 0) break;
            var start = end;
            if (parts.Count >= most) start = 0;
            else while (start > 0 && !char.IsWhiteSpace(text[start - 1])) start--;
            Add(parts, text[start..end], context);
            if (parts.Count > most) break;
            end = start;
        }

        parts.Reverse();
        return parts;
    }

    private static void Add(List<object?> parts, string part, TemplateContext context)
    {
        context.Step(1);
        parts.Add(part);
    }

    private static List<object?> Lines(string text, BoundArguments arguments)
    {
        var lines = new List<object?>();
        for (var at = 0; at < text.Length;)
        {
            var found = text.AsSpan(at).IndexOfAny(LineEnds);
            var end = found < 0 ? text.Length : at + found;
            var next = found < 0 ? end : text.AsSpan(end).StartsWith("\r\n") ? end + 2 : end + 1;
            Add(lines, text[at..(arguments.IsTrue(0) ? next : end)], arguments.Context);
            at = next;
        }

        return lines;
    }

    private static JinjaTuple Partition(string text, string separator, bool fromRight)
    {
        var at = fromRight ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return fromRight ? new JinjaTuple("", "", text) : new JinjaTuple(text, "", "");
        return new JinjaTuple(text[..at], separator, text[(at + separator.Length)..]);
    }

    private static List<object?> Bytes(string text, TemplateContext context)
    {
        context.Step(text.Length);
        return [.. Encoding.UTF8.GetBytes(text).Select(b => Boxed.Integer(b))];
    }
}
