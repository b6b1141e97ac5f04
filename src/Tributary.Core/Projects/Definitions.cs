using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects;

/// <summary>Reads a folder of definitions, one a file: <c>sources/fhir.yml</c> is the source <c>fhir</c>.</summary>
internal static class Definitions
{
    /// <summary>The records by name, in the order of names; problems of all files are collected.</summary>
    public static IReadOnlyDictionary<string, T> Read<T>(string folder, string below, Binder binder, Problems problems) where T : class
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var path in Files(folder, below))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (Bind<T>(path, $"{below}/{Path.GetFileName(path)}", name, binder, problems) is { } definition) found.Add(name, definition);
        }
        return found;
    }

    /// <summary>The YAML files of a folder, sorted; a folder that is not there holds none.</summary>
    public static IReadOnlyList<string> Files(string folder, string below)
    {
        var path = Path.Combine(folder, below);
        if (!Directory.Exists(path)) return [];
        return [.. Directory.EnumerateFiles(path)
            .Where(file => file.EndsWith(".yml", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    private static T? Bind<T>(string path, string displayName, string name, Binder binder, Problems problems) where T : class
    {
        try
        {
            return binder.Bind<T>(YamlFile.Read(path, displayName), problems, new Dictionary<string, object?> { ["Name"] = name });
        }
        catch (UserErrorException wrong)
        {
            problems.Add(wrong);
            return null;
        }
    }
}
