using Tributary.Core.Graph.Selecting;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Selecting;

/// <summary>Reads <c>selectors.yml</c> beside <c>dbt_project.yml</c>.</summary>
internal static class SelectorsFile
{
    private const string FileName = "selectors.yml";

    public static NamedSelectors Read(ParsedProject project)
    {
        var path = Path.Combine(project.Files.Folder, FileName);
        if (!File.Exists(path)) return NamedSelectors.None;
        var problems = new Problems();
        var root = Rendered(YamlFile.Read(path, FileName), new YamlTemplates(project.Settings, problems).OfProjectFile());
        problems.ThrowIfAny();
        return NamedSelectors.Of(root);
    }

    private static YamlNode Rendered(YamlNode node, Func<string, SourcePosition, object?> render) => node switch
    {
        YamlMap map => new YamlMap(map.At, [.. map.Entries.Select(entry => entry with { Value = Rendered(entry.Value, render) })]),
        YamlList list => new YamlList(list.At, [.. list.Items.Select(item => Rendered(item, render))]),
        YamlScalar scalar when scalar.Text.Contains("{{", StringComparison.Ordinal) || scalar.Text.Contains("{%", StringComparison.Ordinal) =>
            new YamlScalar(scalar.At, PythonText.Of(render(scalar.Text, scalar.At))),
        _ => node,
    };
}
