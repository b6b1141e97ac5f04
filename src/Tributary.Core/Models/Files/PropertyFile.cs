using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>One YAML file of properties, read and not yet understood.</summary>
public sealed record PropertyFile(string Package, string Path, YamlNode Root);
