using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>
/// One YAML file of properties, read and not yet understood; <paramref name="Folders"/> are those between its search path and the
/// file, which the names of its sources and tests begin with.
/// </summary>
public sealed record PropertyFile(string Package, string Path, IReadOnlyList<string> Folders, YamlNode Root);
