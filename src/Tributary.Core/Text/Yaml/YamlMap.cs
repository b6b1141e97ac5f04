using System.Diagnostics.CodeAnalysis;

namespace Tributary.Core.Text.Yaml;

/// <summary>A mapping in YAML, in the order of the file; keys are text and stand once.</summary>
public sealed class YamlMap : YamlNode
{
    private readonly Dictionary<string, YamlEntry> byKey;

    /// <summary>Entries must have distinct keys.</summary>
    public YamlMap(SourcePosition at, IReadOnlyList<YamlEntry> entries) : base(at)
    {
        Entries = entries;
        byKey = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        Weight = 1 + entries.Sum(entry => 1 + entry.Value.Weight);
        Height = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    public override string Found => "a map";

    /// <summary>The value of a key, or null when the key is not there.</summary>
    public YamlNode? Find(string key) => byKey.GetValueOrDefault(key)?.Value;

    /// <summary>The key's entry, with the place of the key.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out YamlEntry? entry) => byKey.TryGetValue(key, out entry);

    /// <summary>Where the key stands; the map's own place when it does not.</summary>
    public SourcePosition PositionOf(string key) => TryGet(key, out var entry) ? entry.KeyAt : At;

    public override object ToObject()
    {
        var values = new Dictionary<string, object?>(Entries.Count, StringComparer.Ordinal);
        foreach (var entry in Entries) values.Add(entry.Key, entry.Value.ToObject());
        return values;
    }

    internal override int Weight { get; }

    internal override int Height { get; }
}
