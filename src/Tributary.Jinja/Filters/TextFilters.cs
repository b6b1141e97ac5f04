using Tributary.Jinja.Functions;
using Tributary.Jinja.Methods;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that turn a value into text and change the text.</summary>
internal static class TextFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("string", "", (v, a) => ValueText.Of(v, a.Context)),
        new("lower", "", (v, a) => ValueText.Of(v, a.Context).ToLowerInvariant()),
        new("upper", "", (v, a) => ValueText.Of(v, a.Context).ToUpperInvariant()),
        new("capitalize", "", (v, a) => TextCase.Capitalize(ValueText.Of(v, a.Context))),
        new("title", "", (v, a) => TextCase.TitleWords(ValueText.Of(v, a.Context))),
        new("trim", "chars=None", (v, a) => TextMethods.Strip(ValueText.Of(v, a.Context), a.TextOrNone(0), true, true)),
        new("replace", "old, new, count=None", Replace),
        new("center", "width=80", (v, a) => TextMethods.Center(ValueText.Of(v, a.Context), TextMethods.Width(a), ' ')),
        new("format", "*args, **kwargs", Format),
        new("truncate", "length=255, killwords=False, end='...', leeway=5", Truncate),
        new("wordcount", "", (v, a) => Boxed.Integer(CountWords(ValueText.Of(v, a.Context)))),
    ];

    private static string Replace(object? value, BoundArguments arguments)
    {
        var context = arguments.Context;
        var (old, by) = (ValueText.Of(arguments[0], context), ValueText.Of(arguments[1], context));
        return TextMethods.Replace(ValueText.Of(value, context), (old, by), arguments.IntegerOrNone(2) ?? -1, context);
    }

    private static string Format(object? value, BoundArguments arguments)
    {
        var format = ValueText.Of(value, arguments.Context);
        if (arguments.NamedRest.Count == 0) return PercentFormat.Apply(format, new JinjaTuple([.. arguments.Rest]), arguments.Context);
        if (arguments.Rest.Count > 0) throw new TemplateException("format: give values by position or by name, not both");
        var dict = new JinjaDict();
        foreach (var (key, item) in arguments.NamedRest) dict[key] = item;
        return PercentFormat.Apply(format, dict, arguments.Context);
    }

    private static object? Truncate(object? value, BoundArguments arguments)
    {
        var (length, end, leeway) = (arguments.Integer(0), arguments.Text(2), arguments.Integer(3));
        if (value is not string && Sequences.TryCount(value) is null) throw new TemplateException($"truncate: a value of type '{TypeNames.Of(value)}' has no length");
        if (value is not string && Sequences.TryCount(value) <= (long)length + leeway) return value;
        var text = ValueText.Of(value, arguments.Context);
        if (length < end.Length) throw new TemplateException($"truncate: the length must be at least {end.Length}");
        if (text.Length <= (long)length + leeway) return text;
        var kept = text[..(length - end.Length)];
        if (!arguments.IsTrue(1) && kept.LastIndexOf(' ') is var blank && blank >= 0) kept = kept[..blank];
        return kept + end;
    }

    private static long CountWords(string text)
    {
        long count = 0;
        var isInWord = false;
        foreach (var c in text)
        {
            var isWord = char.IsLetterOrDigit(c) || c == '_';
            if (isWord && !isInWord) count++;
            isInWord = isWord;
        }

        return count;
    }
}
