using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Tributary.Core.Models.Parsing.Tests;

/// <summary>
/// The name that dbt gives a generic test, from the test, what it tests and its arguments; the short form (its alias and file)
/// has at most 63 characters: 30 of the name and an MD5. Existing names, and what people select by, stay as they are.
/// </summary>
internal sealed partial record TestName(string Full, string Short)
{
    /// <summary><paramref name="test"/> with its package (<c>dbt_utils_equality</c>), arguments without <c>model</c>.</summary>
    public static TestName Of(string test, string target, IReadOnlyDictionary<string, object?> arguments)
    {
        var parts = arguments.Where(argument => argument.Key != "model")
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .SelectMany(argument => Parts(argument.Value))
            .Select(part => NotWord().Replace(PythonText.Of(part), "_"));
        var identifier = $"{test}_{target}";
        var full = $"{identifier}_{string.Join("__", parts)}";
        return full.Length < 64 ? new TestName(full, full) : new TestName(full, $"{identifier[..Math.Min(30, identifier.Length)]}_{Md5(full)}");
    }

    /// <summary>The last ten digits of an MD5 over the name and Python's picture of the test, as in dbt's manifest.</summary>
    public static string Hash(string name, string test, string? package, IReadOnlyDictionary<string, object?> arguments)
    {
        var metadata = new Dictionary<string, object?> { ["kwargs"] = Texts(arguments), ["name"] = test, ["namespace"] = package ?? "None" };
        return Md5(name + PythonText.Repr(metadata))[^10..];
    }

    /// <summary>Maps by sorted key, lists, and everything else as text.</summary>
    private static object? Texts(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(entry => entry.Key, entry => Texts(entry.Value)),
        IReadOnlyList<object?> list => list.Select(Texts).ToList(),
        _ => PythonText.Of(value),
    };

    private static IEnumerable<object?> Parts(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.Values,
        IReadOnlyList<object?> list => list,
        _ => [value],
    };

#pragma warning disable CA5351 // The digest is dbt's; nothing rests on its strength.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    [GeneratedRegex("[^0-9a-zA-Z_]+")]
    private static partial Regex NotWord();
}
