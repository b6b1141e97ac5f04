using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>
/// Reads the values of dbt's YAML files as dbt does: typed by YAML 1.1, Jinja in strings rendered except below keys that
/// are rendered later. Wrong shapes become problems with their place, and reading goes on.
/// </summary>
internal sealed class YamlValues(Func<string, SourcePosition, object?> render, Problems problems)
{
    /// <summary>Values that are SQL or are rendered later in a richer context.</summary>
    private static readonly HashSet<string> Unrendered = new(StringComparer.Ordinal)
    {
        "pre-hook", "post-hook", "pre_hook", "post_hook", "on-run-start", "on-run-end", "vars", "query-comment",
        "description", "tests", "data_tests", "loaded_at_query",
    };

    public Problems Problems => problems;

    /// <summary>The value as plain objects, templates rendered.</summary>
    public object? Value(YamlNode? node) => node switch
    {
        null => null,
        YamlMap map => Map(map),
        YamlList list => list.Items.Select(Value).ToList(),
        YamlScalar scalar => Scalar(scalar),
        _ => node.ToObject(),
    };

    public Dictionary<string, object?> Map(YamlMap map)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var key = entry.Key.TrimStart('+').Trim();
            values[entry.Key] = Unrendered.Contains(key) ? entry.Value.ToObject() : Value(entry.Value);
        }
        return values;
    }

    public string? Text(YamlMap map, string key) => map.Find(key) switch
    {
        null => null,
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar => Scalar(scalar) is var value && value is string text ? text : scalar.IsPlain && value is not null && !IsTemplate(scalar.Text) ? scalar.Text : PythonText.Of(value),
        var other => Wrong<string>(other, key, "text"),
    };

    /// <summary>A description: never rendered here, because its <c>doc()</c> calls need the docs context.</summary>
    public static string Raw(YamlMap map, string key) => map.Find(key) is YamlScalar { IsNull: false } scalar ? scalar.Text : "";

    public YamlMap? MapAt(YamlMap map, string key) => map.Find(key) switch
    {
        null or YamlScalar { IsNull: true } => null,
        YamlMap found => found,
        var other => Wrong<YamlMap>(other, key, "a map"),
    };

    public IReadOnlyList<YamlNode> ListAt(YamlMap map, string key) => map.Find(key) switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlList found => found.Items,
        var other => Wrong<IReadOnlyList<YamlNode>>(other, key, "a list") ?? [],
    };

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(YamlMap map, string key) => map.Find(key) switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlScalar scalar => [PythonText.Of(Scalar(scalar))],
        YamlList found => [.. found.Items.OfType<YamlScalar>().Select(item => PythonText.Of(Scalar(item)))],
        var other => Wrong<IReadOnlyList<string>>(other, key, "a text or a list of texts") ?? [],
    };

    private object? Scalar(YamlScalar scalar) => IsTemplate(scalar.Text) ? render(scalar.Text, scalar.At) : scalar.ToObject();

    private T? Wrong<T>(YamlNode node, string key, string expected) where T : class
    {
        problems.Add(ErrorCodes.WrongType, node.At, $"'{key}' is {node.Found}; expected {expected}");
        return null;
    }

    private static bool IsTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal);
}
