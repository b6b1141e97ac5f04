using System.Globalization;
using System.Numerics;

namespace Tributary.Jinja.Values;

/// <summary>Python's <c>str()</c> and <c>repr()</c>.</summary>
internal static class ValueText
{
    public static string Of(object? value, TemplateContext context) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        null => "None",
        bool flag => flag ? "True" : "False",
        double number => FloatText.Of(number),
        Undefined undefined => undefined.Text(),
        decimal or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        List<object?> or JinjaTuple or JinjaDict or JinjaSet or DictView => Repr(value, context),
        IFormattable host => host.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string Repr(object? value, TemplateContext context)
    {
        var output = new TextBuilder(context);
        WriteRepr(output, value, context, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return output.ToString();
    }

    private static void WriteRepr(TextBuilder output, object? value, TemplateContext context, HashSet<object> open)
    {
        StackGuard.Check();
        if (value is string text)
        {
            WriteQuoted(output, text);
            return;
        }

        if (value is not (List<object?> or JinjaTuple or JinjaDict or JinjaSet or DictView))
        {
            output.Write(value is decimal number ? $"Decimal('{number.ToString(CultureInfo.InvariantCulture)}')" : value is Undefined ? "Undefined" : Of(value, context));
            return;
        }

        if (!open.Add(value))
        {
            output.Write(value is JinjaDict ? "{...}" : "[...]");
            return;
        }

        WriteContainer(output, value, item => WriteRepr(output, item, context, open));
        open.Remove(value);
    }

    private static void WriteContainer(TextBuilder output, object value, Action<object?> write)
    {
        switch (value)
        {
            case List<object?> list:
                WriteItems(output, "[", list, "]", write);
                break;
            case JinjaTuple tuple:
                WriteItems(output, "(", tuple, tuple.Count == 1 ? ",)" : ")", write);
                break;
            case JinjaDict dict:
                WriteDict(output, dict, write);
                break;
            case JinjaSet { Count: 0 }:
                output.Write("set()");
                break;
            case JinjaSet set:
                WriteItems(output, "{", set, "}", write);
                break;
            case DictView view:
                WriteItems(output, view.Kind + "([", view, "])", write);
                break;
        }
    }

    private static void WriteItems(TextBuilder output, string open, IEnumerable<object?> items, string close, Action<object?> write)
    {
        output.Write(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) output.Write(", ");
            isFirst = false;
            write(item);
        }

        output.Write(close);
    }

    private static void WriteDict(TextBuilder output, JinjaDict dict, Action<object?> write)
    {
        output.Write('{');
        var isFirst = true;
        foreach (var (key, item) in dict)
        {
            if (!isFirst) output.Write(", ");
            isFirst = false;
            write(key);
            output.Write(": ");
            write(item);
        }

        output.Write('}');
    }

    private static void WriteQuoted(TextBuilder output, string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        output.Write(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote || c == '\\') output.Write($"\\{c}");
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) output.Write(text.AsSpan(i++, 2));
            else output.Write(Escape(c));
        }

        output.Write(quote);
    }

    private static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        >= ' ' and < (char)127 => c.ToString(),
        _ when c < 256 && (char.IsControl(c) || c is (char)0xa0 or (char)0xad) => $"\\x{(int)c:x2}",
        _ when !IsPrintable(c) => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    };

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
