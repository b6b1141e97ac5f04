namespace Tributary.Core.Text.Yaml;

/// <summary>One key of a map, the place of the key, and its value.</summary>
public sealed record YamlEntry(string Key, SourcePosition KeyAt, YamlNode Value);
