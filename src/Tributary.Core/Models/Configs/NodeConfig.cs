using System.Globalization;

namespace Tributary.Core.Models.Configs;

/// <summary>A node's configuration after everything that speaks of it was laid over one another; keys with underscores.</summary>
public sealed class NodeConfig(IReadOnlyDictionary<string, object?> values)
{
    public IReadOnlyDictionary<string, object?> Values { get; } = values;

    public object? this[string key] => Values.GetValueOrDefault(ConfigMerge.Key(key));

    public string Materialized => Text("materialized") ?? "view";

    public bool Enabled => IsTrue("enabled", usual: true);

    public string? Schema => Text("schema");

    public string? Database => Text("database");

    public string? Alias => Text("alias");

    public IReadOnlyList<string> Tags => [.. ConfigMerge.List(this["tags"]).Select(PythonText.Of)];

    public IReadOnlyDictionary<string, object?> Meta => this["meta"] as IReadOnlyDictionary<string, object?> ?? Files.EmptyMap.Instance;

    public static NodeConfig Empty { get; } = new(Files.EmptyMap.Instance);

    /// <summary>The same with one key changed.</summary>
    public NodeConfig With(string key, object? value) => new(new Dictionary<string, object?>(Values, StringComparer.Ordinal) { [key] = value });

    /// <summary>The key as text; null when it is absent or null.</summary>
    public string? Text(string key) => this[key] is { } value ? PythonText.Of(value) : null;

    /// <summary>The key as a claim; text that came out of a template counts by its words.</summary>
    public bool IsTrue(string key, bool usual) => this[key] switch
    {
        null => usual,
        bool truth => truth,
        string text => text.Trim().ToLower(CultureInfo.InvariantCulture) is "true" or "yes" or "1" or "on",
        _ => true,
    };
}
