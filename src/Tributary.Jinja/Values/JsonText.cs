using System.Globalization;
using System.Numerics;

namespace Tributary.Jinja.Values;

/// <summary>Values as JSON, laid out as Python's <c>json.dumps</c> does it.</summary>
public sealed class JsonText
{
    private readonly TextBuilder output;
    private readonly TemplateContext context;
    private readonly int? indent;
    private readonly bool sortsKeys;
    private int depth;

    private JsonText(TemplateContext context, int? indent, bool sortsKeys)
    {
        (this.context, this.indent, this.sortsKeys) = (context, indent, sortsKeys);
        output = new TextBuilder(context);
    }

    /// <summary>The JSON of a value, for a host's tojson().</summary>
    public static string Of(object? value, TemplateContext context, int? indent = null, bool sortsKeys = false)
    {
        var json = new JsonText(context, indent, sortsKeys);
        json.Write(value);
        return json.output.ToString();
    }

    /// <summary>The JSON of a value with sorted keys, and nothing in it that HTML would take for markup.</summary>
    internal static string ForHtml(object? value, int? indent, TemplateContext context) =>
        Of(value, context, indent, true)
            .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal).Replace("'", "\\u0027", StringComparison.Ordinal);

    private void Write(object? value)
    {
        StackGuard.Check();
        switch (value)
        {
            case null:
                output.Write("null");
                break;
            case bool flag:
                output.Write(flag ? "true" : "false");
                break;
            case string text:
                WriteString(text);
                break;
            case double real:
                output.Write(double.IsNaN(real) ? "NaN" : double.IsInfinity(real) ? (real > 0 ? "Infinity" : "-Infinity") : FloatText.Of(real));
                break;
            case long or BigInteger or decimal:
                output.Write(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case JinjaDict dict:
                WriteDict(dict);
                break;
            case List<object?> or JinjaTuple:
                WriteRow((IReadOnlyList<object?>)value);
                break;
            default:
                throw (value as Undefined)?.Error() ?? new TemplateException($"a value of type '{TypeNames.Of(value)}' has no JSON form");
        }
    }

    private void WriteRow(IReadOnlyList<object?> items)
    {
        output.Write('[');
        depth++;
        for (var i = 0; i < items.Count; i++)
        {
            WriteGap(i);
            Write(items[i]);
        }

        depth--;
        if (items.Count > 0) WriteLineStart();
        output.Write(']');
    }

    private void WriteDict(JinjaDict dict)
    {
        output.Write('{');
        depth++;
        var index = 0;
        foreach (var (key, value) in InOrder(dict))
        {
            WriteGap(index++);
            WriteString(KeyText(key));
            output.Write(": ");
            Write(value);
        }

        depth--;
        if (dict.Count > 0) WriteLineStart();
        output.Write('}');
    }

    private IEnumerable<KeyValuePair<object?, object?>> InOrder(JinjaDict dict)
    {
        if (!sortsKeys) return dict;
        var keys = dict.Keys.ToArray();
        StableSort.Sort(keys, ValueOrder.Compare);
        return keys.Select(key => new KeyValuePair<object?, object?>(key, dict[key]));
    }

    private string KeyText(object? key) => key switch
    {
        string text => text,
        null => "null",
        bool flag => flag ? "true" : "false",
        long or double or BigInteger => ValueText.Of(key, context),
        _ => throw new TemplateException($"a key of type '{TypeNames.Of(key)}' has no JSON form"),
    };

    private void WriteGap(int index)
    {
        if (index > 0) output.Write(indent is null ? ", " : ",");
        WriteLineStart();
    }

    private void WriteLineStart()
    {
        if (indent is not { } width) return;
        output.Write('\n');
        output.Write(' ', Math.Clamp(width, 0, 1_000) * depth);
    }

    private void WriteString(string text)
    {
        output.Write('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    output.Write('\\');
                    output.Write(c);
                    break;
                case '\n':
                    output.Write("\\n");
                    break;
                case '\r':
                    output.Write("\\r");
                    break;
                case '\t':
                    output.Write("\\t");
                    break;
                case '\b':
                    output.Write("\\b");
                    break;
                case '\f':
                    output.Write("\\f");
                    break;
                case >= ' ' and <= '~':
                    output.Write(c);
                    break;
                default:
                    output.Write(c == '\x7f' ? "\x7f" : $"\\u{(int)c:x4}");
                    break;
            }
        }

        output.Write('"');
    }
}
