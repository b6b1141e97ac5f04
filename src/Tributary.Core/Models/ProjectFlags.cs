using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models;

/// <summary>
/// The <c>flags:</c> of <c>dbt_project.yml</c>: what the command line and the environment leave open. Read by itself, because it
/// decides how the project is read.
/// </summary>
public static class ProjectFlags
{
    private const string FileName = "dbt_project.yml";

    /// <summary>By the name of dbt's environment variable (<c>DBT_FAIL_FAST</c>); empty when there are none or the file is wrong.</summary>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || !File.ReadAllText(path).Contains("flags:", StringComparison.Ordinal)) return flags;
        if (Parse(path)?.Find("flags") is not YamlMap map) return flags;
        foreach (var entry in map.Entries)
        {
            if (entry.Value is YamlScalar { IsNull: false } scalar) flags[$"DBT_{entry.Key.ToUpperInvariant()}"] = PythonText.Of(scalar.ToObject());
        }
        return flags;
    }

    private static YamlMap? Parse(string path)
    {
        try
        {
            return YamlFile.Read(path, FileName, new Problems()) as YamlMap;
        }
        catch (UserErrorException)
        {
            return null; // reading the project says what is wrong
        }
    }
}
