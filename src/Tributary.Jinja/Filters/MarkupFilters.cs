using System.Text;
using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters for HTML, URLs and JSON. Text is never escaped unless a filter is asked to.</summary>
internal static class MarkupFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("e", "", (v, a) => Escape(ValueText.Of(v, a.Context), a.Context)),
        new("escape", "", (v, a) => Escape(ValueText.Of(v, a.Context), a.Context)),
        new("forceescape", "", (v, a) => Escape(ValueText.Of(v, a.Context), a.Context)),
        new("safe", "", (v, a) => ValueText.Of(v, a.Context)),
        new("striptags", "", (v, a) => StripTags(ValueText.Of(v, a.Context))),
        new("urlencode", "", UrlEncode),
        new("tojson", "indent=None", (v, a) => JsonText.ForHtml(v, a.IntegerOrNone(0), a.Context)),
    ];

    private static string Escape(string text, TemplateContext context)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0) return text;
        var output = new TextBuilder(context);
        foreach (var c in text)
        {
            output.Write(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&#34;", '\'' => "&#39;", _ => c.ToString() });
        }

        return output.ToString();
    }

    private static string StripTags(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('<', at);
            var close = open < 0 ? -1 : text.IndexOf('>', open);
            output.Append(text, at, (close < 0 ? text.Length : open) - at);
            at = close < 0 ? text.Length : close + 1;
        }

        return string.Join(' ', output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string UrlEncode(object? value, BoundArguments arguments)
    {
        var context = arguments.Context;
        if (value is string or not (JinjaDict or IReadOnlyList<object?> or DictView)) return Quote(ValueText.Of(value, context), "/");
        var pairs = value is JinjaDict dict ? new DictView(dict, DictView.OfItems) : value;
        return string.Join('&', Sequences.Of(pairs, context).Select(pair => Field(Sequences.Of(pair, context), context)));
    }

    private static string Field(IReadOnlyList<object?> pair, TemplateContext context) => pair.Count == 2
        ? $"{QuoteField(ValueText.Of(pair[0], context))}={QuoteField(ValueText.Of(pair[1], context))}"
        : throw new TemplateException("urlencode needs text, a dict or pairs");

    private static string QuoteField(string text) => Quote(text, "").Replace("%20", "+", StringComparison.Ordinal);

    private static string Quote(string text, string safe)
    {
        var output = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)unit;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || safe.Contains(c)) output.Append(c);
            else output.Append('%').Append(unit.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return output.ToString();
    }
}
