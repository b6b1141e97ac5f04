using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Projects;

/// <summary>Reads folders of definitions, one a file: <c>sources/fhir.yml</c> is the source <c>fhir</c>. Problems of all files are collected.</summary>
internal sealed class Definitions(string folder, Binder binder, Problems problems)
{
    /// <summary>The records by name, in the order of names.</summary>
    public IReadOnlyDictionary<string, T> Read<T>(string below) where T : class
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var path in Files(below))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (ReadFile<T>(path, $"{below}/{Path.GetFileName(path)}", name) is { } definition) found.TryAdd(name, definition);
        }
        return found;
    }

    /// <summary>The records of files that lie anywhere, by their paths; a file without content holds none.</summary>
    public IReadOnlyDictionary<string, T> Read<T>(IReadOnlyList<string> paths) where T : class
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (ReadFile<T>(Path.Combine(folder, path), path, path) is { } definition) found.Add(path, definition);
        }
        return found;
    }

    /// <summary>Files of these names anywhere below a folder, as relative paths in a stable order.</summary>
    public IReadOnlyList<string> FindBelow(string below, params string[] names)
    {
        var top = Path.Combine(folder, below);
        if (!Directory.Exists(top)) return [];
        return [.. Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories)
            .Where(file => names.Contains(Path.GetFileName(file)))
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>One file; null when it cannot be read or bound.</summary>
    public T? ReadFile<T>(string path, string displayName, string name) where T : class
    {
        try
        {
            var given = new Dictionary<string, object?> { ["name"] = name, ["project_folder"] = folder };
            return binder.Bind<T>(YamlFile.Read(path, displayName), problems, given);
        }
        catch (UserErrorException wrong)
        {
            problems.Add(wrong);
            return null;
        }
    }

    /// <summary>The YAML files of a folder, sorted; a folder that is not there holds none.</summary>
    public IReadOnlyList<string> Files(string below)
    {
        var path = Path.Combine(folder, below);
        if (!Directory.Exists(path)) return [];
        return [.. Directory.EnumerateFiles(path)
            .Where(file => file.EndsWith(".yml", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }
}
