using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods of strings that look into them.</summary>
internal static class TextTestMethods
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("startswith", "prefix, start=0, end=None", (s, a) => Matches(Of(s), a, (part, text) => part.StartsWith(text, StringComparison.Ordinal))),
        new("endswith", "suffix, start=0, end=None", (s, a) => Matches(Of(s), a, (part, text) => part.EndsWith(text, StringComparison.Ordinal))),
        new("find", "sub, start=0, end=None", (s, a) => Boxed.Integer(Find(Of(s), a, false))),
        new("rfind", "sub, start=0, end=None", (s, a) => Boxed.Integer(Find(Of(s), a, true))),
        new("index", "sub, start=0, end=None", (s, a) => Index(Find(Of(s), a, false))),
        new("rindex", "sub, start=0, end=None", (s, a) => Index(Find(Of(s), a, true))),
        new("count", "sub, start=0, end=None", (s, a) => Boxed.Integer(Count(Of(s), a))),
        new("isdigit", "", (s, _) => Every(s, char.IsDigit)),
        new("isdecimal", "", (s, _) => Every(s, char.IsDigit)),
        new("isnumeric", "", (s, _) => Every(s, char.IsNumber)),
        new("isalpha", "", (s, _) => Every(s, char.IsLetter)),
        new("isalnum", "", (s, _) => Every(s, c => char.IsLetter(c) || char.IsNumber(c))),
        new("isspace", "", (s, _) => Every(s, char.IsWhiteSpace)),
        new("isascii", "", (s, _) => Boxed.Bool(Of(s).All(char.IsAscii))),
        new("islower", "", (s, _) => Boxed.Bool(Of(s).Any(char.IsLower) && !Of(s).Any(char.IsUpper))),
        new("isupper", "", (s, _) => Boxed.Bool(Of(s).Any(char.IsUpper) && !Of(s).Any(char.IsLower))),
        new("istitle", "", (s, _) => Boxed.Bool(Of(s).Any(char.IsLetter) && TextCase.Title(Of(s)) == Of(s))),
        new("isidentifier", "", (s, _) => Boxed.Bool(IsIdentifier(Of(s)))),
    ];

    private static string Of(object? text) => (string)text!; // the table gives these methods to strings only

    private static object Every(object? text, Func<char, bool> holds) => Boxed.Bool(Of(text).Length > 0 && Of(text).All(holds));

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => c == '_' || char.IsLetterOrDigit(c));

    private static (int Start, int Stop) Bounds(string text, BoundArguments arguments) =>
        new SliceBounds(arguments.IntegerOrNone(1), arguments.IntegerOrNone(2), null).Resolve(text.Length);

    private static object Matches(string text, BoundArguments arguments, Func<string, string, bool> matches)
    {
        var (start, stop) = Bounds(text, arguments);
        if (stop < start) return Boxed.False;
        var part = start == 0 && stop == text.Length ? text : text[start..stop];
        if (arguments[0] is not JinjaTuple options) return Boxed.Bool(matches(part, arguments.Text(0)));
        return Boxed.Bool(options.Items.Any(o => matches(part, o as string ?? throw new TemplateException("the tuple must hold strings only"))));
    }

    private static int Find(string text, BoundArguments arguments, bool fromRight)
    {
        var (start, stop) = Bounds(text, arguments);
        if (stop < start) return -1;
        var part = text.AsSpan(start, stop - start);
        var found = fromRight ? part.LastIndexOf(arguments.Text(0)) : part.IndexOf(arguments.Text(0));
        return found < 0 ? -1 : start + found;
    }

    private static object Index(int found) => found < 0 ? throw new TemplateException("the text was not found") : Boxed.Integer(found);

    private static int Count(string text, BoundArguments arguments)
    {
        var (start, stop) = Bounds(text, arguments);
        if (stop < start) return 0;
        var sub = arguments.Text(0);
        return sub.Length == 0 ? stop - start + 1 : MemoryExtensions.Count(text.AsSpan(start, stop - start), sub);
    }
}
