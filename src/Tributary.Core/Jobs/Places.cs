using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Text;

namespace Tributary.Core.Jobs;

/// <summary>Fills <c>{name}</c> in texts of a job's definition.</summary>
public static partial class Places
{
    /// <summary>The text with every place filled; throws <see cref="UserErrorException"/> for a name that nothing has.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, object?> values, SourcePosition at) => Place().Replace(text, place =>
        values.TryGetValue(place.Groups[1].Value, out var value) ? Text(value)
            : throw new UserErrorException(ErrorCodes.UnknownName, at, $"'{Excerpt.Of(text)}': nothing is called {place.Value}", Nearest.Hint(place.Groups[1].Value, [.. values.Keys])));

    /// <summary>The same for every text in a value of YAML; a text that is one place keeps the value's type.</summary>
    public static object? Fill(object? value, IReadOnlyDictionary<string, object?> values, SourcePosition at) => value switch
    {
        string text when Place().Match(text) is { Success: true } place && place.Length == text.Length && values.TryGetValue(place.Groups[1].Value, out var whole) => whole,
        string text => Fill(text, values, at),
        List<object?> list => list.ConvertAll(item => Fill(item, values, at)),
        Dictionary<string, object?> map => map.ToDictionary(entry => entry.Key, entry => Fill(entry.Value, values, at)),
        _ => value,
    };

    public static IEnumerable<string> NamesIn(string text) => Place().Matches(text).Select(place => place.Groups[1].Value);

    private static string Text(object? value) => value is bool truth ? truth ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Place();
}
