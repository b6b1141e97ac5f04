using System.Text.Json;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>The functions and operators that take a part out of a JSON document, and which part, when constants say so.</summary>
internal static class JsonStep
{
    /// <summary>Any element of an array.</summary>
    public const string Elements = "[]";

    /// <summary>Some part below; which one, the tree does not tell.</summary>
    private const string Below = "*";

    /// <summary>The steps that this call takes into its first argument; null when it is no such call.</summary>
    public static IReadOnlyList<string>? Of(string function, IReadOnlyList<object?> arguments)
    {
        var name = function.StartsWith("jsonb_", StringComparison.Ordinal) ? function[6..]
            : function.StartsWith("json_", StringComparison.Ordinal) ? function[5..] : "";
        return name switch
        {
            "object_field" or "object_field_text" => Keys(arguments),
            "extract_path" or "extract_path_text" => Keys(arguments),
            "array_element" or "array_element_text" or "array_elements" or "array_elements_text" => [Elements],
            "path_query" or "path_query_first" or "path_query_array" or "each" or "each_text"
                or "path_query_tz" or "path_query_first_tz" or "path_query_array_tz" => [Below],
            _ => null,
        };
    }

    /// <summary>A column of jsonb_to_record(set): the key is the column's name.</summary>
    public static IReadOnlyList<string>? OfRecord(string function, string? column) => (function, column) switch
    {
        ("json_to_record" or "jsonb_to_record", not null) => [Key(column)],
        ("json_to_recordset" or "jsonb_to_recordset", not null) => [Elements, Key(column)],
        _ => null,
    };

    /// <summary>A key as part of a path: bare when it is a plain name, else as a JSON string.</summary>
    public static string Key(string key) =>
        key.Length > 0 && key.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-') ? key : JsonSerializer.Serialize(key);

    private static List<string> Keys(IReadOnlyList<object?> arguments)
    {
        if (arguments.Count < 2 || arguments[1] is not TreeNode second) return [Below];
        // An array that is written out (ARRAY before version 16, ARRAYEXPR since) holds one constant a key.
        var constants = second.Type is "ARRAY" or "ARRAYEXPR" ? second.List("elements").OfType<TreeNode>() : [second];
        var keys = new List<string>();
        foreach (var constant in constants)
        {
            if (ConstantReader.Keys(constant) is not { } found) return [.. keys, Below];
            keys.AddRange(found.Select(key => IsIndex(key, second) ? Elements : Key(key)));
        }
        return keys;
    }

    /// <summary>In a path that is given as an array, a number counts elements.</summary>
    private static bool IsIndex(string key, TreeNode argument) =>
        argument.Oid("consttype") != 25 && key.Length > 0 && key.All(letter => char.IsAsciiDigit(letter) || letter == '-');
}
