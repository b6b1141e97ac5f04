using Tributary.Core.Models.Parsing;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>One entry of the manifest, cut to some keys, as one line of JSON: what <c>ls --output json</c> prints.</summary>
internal static class NodeDescription
{
    private static readonly string[] Usual =
        ["alias", "name", "package_name", "depends_on", "tags", "config", "resource_type", "source_name", "original_file_path", "unique_id"];

    public static string Of(ParsedProject project, string id, IReadOnlyCollection<string> keys)
    {
        IReadOnlyCollection<string> wanted = keys.Count == 0 ? Usual : [.. keys.SelectMany(key => key.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))];
        var cut = new JinjaDict();
        foreach (var (key, value) in Entries.Find(project, id) ?? new JinjaDict())
        {
            if (key is string name && wanted.Contains(name)) cut[name] = value;
        }
        return JsonText.Of(cut, new TemplateContext(new Scope()));
    }
}
