using System.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>Plain values as block YAML, laid out as Python's <c>yaml.safe_dump</c> does it: lists stand at their key's own indent.</summary>
internal static class YamlText
{
    public static string Of(object? value, bool sortsKeys)
    {
        var text = new StringBuilder();
        Write(text, value, indent: 0, sortsKeys);
        return text.Append(IsBlock(value) ? "" : value is string ? "\n" : "\n...\n").ToString();
    }

    private static void Write(StringBuilder text, object? value, int indent, bool sortsKeys)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> { Count: > 0 } map:
                var isFirst = true;
                foreach (var (key, item) in sortsKeys ? map.OrderBy(entry => entry.Key, StringComparer.Ordinal) : map.AsEnumerable())
                {
                    if (!isFirst) text.Append(' ', indent);
                    isFirst = false;
                    Entry(text.Append(Scalar(key)).Append(':'), item, item is IReadOnlyDictionary<string, object?> ? indent + 2 : indent, sortsKeys);
                }
                break;
            case IReadOnlyList<object?> { Count: > 0 } list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0) text.Append(' ', indent);
                    text.Append("- ");
                    Write(text, list[i], indent + 2, sortsKeys);
                    if (!IsBlock(list[i])) text.Append('\n');
                }
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private static void Entry(StringBuilder text, object? item, int indent, bool sortsKeys)
    {
        if (IsBlock(item)) text.Append('\n').Append(' ', indent);
        else text.Append(' ');
        Write(text, item, indent, sortsKeys);
        if (!IsBlock(item)) text.Append('\n');
    }

    private static bool IsBlock(object? value) => value is IReadOnlyDictionary<string, object?> { Count: > 0 } or IReadOnlyList<object?> { Count: > 0 };

    /// <summary>Text without quotes where it reads back as the same text.</summary>
    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text when IsPlain(text) => text,
        string text when text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => PlainObject.ToJson(value),
    };

    private static bool IsPlain(string text) =>
        text.Length > 0 && PlainValue.Resolve(text) is string && text.Trim() == text
        && text[0] is not ('-' or '?' or ':' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' or '=')
        && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && text[^1] != ':' && text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0;
}
