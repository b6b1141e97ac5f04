using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tributary.Core.Exports;

/// <summary>The <c>file:</c> of an export: a relative path with <c>{track}</c>, <c>{export}</c>, <c>{project}</c>, <c>{target}</c> and dates in UTC.</summary>
internal static partial class FilePattern
{
    public const string Hint =
        "Write a relative path such as {yyyy}/{MM}/{dd}/name_{track}_{yyyyMMdd_HHmmss}.zip; its parts are letters, digits and ._- and {track}, {export}, {project}, {target} or dates of y M d H m s.";

    private static readonly string[] Names = ["track", "export", "project", "target"];

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Find(string pattern, string ending = ".zip", params IReadOnlyList<string> parameters)
    {
        if (!pattern.EndsWith(ending, StringComparison.Ordinal)) return $"the name must end in {ending}";
        foreach (Match placeholder in Placeholder().Matches(pattern))
        {
            if (!IsKnown(placeholder.Groups[1].Value) && !parameters.Contains(placeholder.Groups[1].Value)) return $"'{placeholder.Value}' is no placeholder";
        }
        return IsSafe(Placeholder().Replace(pattern, "x")) ? null : "the path may leave the destination or holds characters that not every system takes";
    }

    /// <summary>The path for one run; names are made safe, so that a project's name cannot add a folder.</summary>
    public static string Render(string pattern, DateTimeOffset asOf, IReadOnlyDictionary<string, string> names, IReadOnlyDictionary<string, string>? values = null) =>
        Placeholder().Replace(pattern, match => names.TryGetValue(match.Groups[1].Value, out var name)
            ? Unsafe().Replace(name, "_")
            : values is not null && values.TryGetValue(match.Groups[1].Value, out var value) ? value
            : asOf.UtcDateTime.ToString(DateFormat(match.Groups[1].Value), CultureInfo.InvariantCulture));

    /// <summary>The name with a number before its ending: <c>a/b.zip</c>, 2 → <c>a/b_2.zip</c>.</summary>
    public static string Numbered(string name, int number)
    {
        var ending = name[(name.LastIndexOf('/') + 1)..].LastIndexOf('.') is > 0 and var dot ? name[(name.LastIndexOf('/') + 1 + dot)..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name[..^ending.Length]}_{number}{ending}");
    }

    /// <summary>Whether a word means something in every pattern, so that no parameter may have its name.</summary>
    public static bool IsKnown(string word) => Names.Contains(word) || Date().IsMatch(word);

    /// <summary>Whether a value can be part of a name as it is.</summary>
    public static bool IsPlain(string value) => Segment().IsMatch(value);

    /// <summary>A relative path of plain segments: no way up, no hidden file, no drive.</summary>
    public static bool IsSafe(string path) => path.Split('/').All(segment => Segment().IsMatch(segment));

    // A single letter is a standard format in .NET ("d" is a whole date): the percent sign makes it a part.
    private static string DateFormat(string word)
    {
        var quoted = new StringBuilder();
        foreach (var letter in word) quoted.Append(letter is '_' or '-' ? $"'{letter}'" : letter.ToString());
        return word.Length == 1 ? "%" + word : quoted.ToString();
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^[yMdHms][yMdHms_-]*$")]
    private static partial Regex Date();

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]*$")]
    private static partial Regex Segment();

    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Unsafe();
}
