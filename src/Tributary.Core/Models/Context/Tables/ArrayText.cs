using System.Text;
using Tributary.Core.Models.Context.Time;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>Reads PostgreSQL's text of an array, <c>{1,NULL,"a b"}</c>, for the element types that Python's driver takes apart.</summary>
internal static class ArrayText
{
    /// <summary>The type of the elements; null for a type that is no array, or one that stays text.</summary>
    public static uint? ElementOf(uint array) => array switch
    {
        1000 => 16,
        1005 or 1007 or 1016 or 1028 => 20,
        1021 or 1022 or 1231 => 1700,
        1002 or 1003 or 1009 or 1014 or 1015 => 25,
        1115 => 1114,
        1182 => 1082,
        1183 or 1270 => 1083,
        1185 => 1184,
        1187 => 1186,
        199 or 3807 => 114,
        _ => null,
    };

    public static List<object?> Read(string text, uint element)
    {
        var at = text.IndexOf('{') + 1; // bounds such as [0:2]= may stand in front
        return ReadItems(text, ref at, element);
    }

    private static List<object?> ReadItems(string text, ref int at, uint element)
    {
        var items = new List<object?>();
        while (at < text.Length && text[at] != '}')
        {
            if (text[at] == ',') at++;
            else if (text[at] == '{')
            {
                at++;
                items.Add(ReadItems(text, ref at, element));
            }
            else items.Add(ReadOne(text, ref at, element));
        }
        at++;
        return items;
    }

    private static object? ReadOne(string text, ref int at, uint element)
    {
        var item = new StringBuilder();
        var isQuoted = text[at] == '"';
        if (isQuoted) at++;
        while (at < text.Length && !(isQuoted ? text[at] == '"' : text[at] is ',' or '}'))
        {
            if (text[at] == '\\') at++;
            item.Append(text[at++]);
        }
        if (isQuoted) at++;
        return !isQuoted && item.ToString() == "NULL" ? null : Plain(CellReader.Read(element, item.ToString()));
    }

    /// <summary>What JSON can hold: decimals as floats, instants in ISO 8601.</summary>
    private static object? Plain(object? value) => value switch
    {
        decimal number => (double)number,
        DateTimeValue at => at.Iso("T"),
        IFormattable or string or bool or null => value,
        _ => value.ToString(),
    };
}
