using System.Text;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Writes texts into jsonpath, and jsonpath into SQL: the only way a name or a text from a view gets there.</summary>
internal static class JsonPathText
{
    /// <summary>A text in jsonpath's double quotes (PostgreSQL documentation, "jsonpath Type": the escapes of JavaScript).</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\') quoted.Append('\\').Append(character);
            else if (char.IsControl(character)) quoted.Append("\\u").Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else quoted.Append(character);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>The step to every item of an element.</summary>
    public static string Step(string name) => $".{Quote(name)}[*]";

    /// <summary>A jsonpath as a SQL literal, safe inside a template too.</summary>
    public static string Literal(string path) => SqlTemplate.Literal(path);
}
