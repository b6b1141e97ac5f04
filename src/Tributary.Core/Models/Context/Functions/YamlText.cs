using System.Text;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>Plain values as block YAML, as <c>yaml.safe_dump</c> writes maps and lists; scalars are JSON, which is YAML too.</summary>
internal static class YamlText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int indent)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> { Count: > 0 } map:
                foreach (var (key, item) in map) Entry(text, new string(' ', indent) + key + ":", item, indent + 2);
                break;
            case IReadOnlyList<object?> { Count: > 0 } list:
                foreach (var item in list) Entry(text, new string(' ', indent) + "-", item, indent + 2);
                break;
            default:
                text.Append(PlainObject.ToJson(value)).Append('\n');
                break;
        }
    }

    private static void Entry(StringBuilder text, string head, object? item, int indent)
    {
        var isBlock = item is IReadOnlyDictionary<string, object?> { Count: > 0 } or IReadOnlyList<object?> { Count: > 0 };
        text.Append(head).Append(isBlock ? '\n' : ' ');
        Write(text, item, isBlock ? indent : 0);
    }
}
