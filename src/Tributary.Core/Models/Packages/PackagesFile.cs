using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Packages;

/// <summary>The packages that a project asks for: <c>packages.yml</c>, or the <c>packages:</c> of <c>dependencies.yml</c>.</summary>
internal sealed record PackagesFile(string Path, IReadOnlyList<PackageSpec> Packages)
{
    public const string UsualName = "packages.yml";
    public const string OtherName = "dependencies.yml";

    /// <summary>What the file at <paramref name="folder"/> asks for; nothing when there is none. <paramref name="shown"/> goes before its name in messages.</summary>
    public static PackagesFile Read(string folder, string shown, YamlTemplates strings, Problems problems)
    {
        var usual = Open(folder, UsualName, shown, problems);
        var other = Open(folder, OtherName, shown, problems);
        if (usual is not null && other?.Find("packages") is { } twice)
            problems.Add(ErrorCodes.DuplicateKey, twice.At, $"packages stand in {UsualName} and in {OtherName}", "Keep them in one of the two files.");
        if (usual?.Find("projects") is { } projects)
            problems.Add(ErrorCodes.UnknownKey, projects.At, $"'projects' belongs into {OtherName}");
        var chosen = usual ?? other;
        var reader = new PackageSpecReader(new YamlValues(strings.OfProfile(), problems));
        return new PackagesFile(usual is null && other is not null ? OtherName : UsualName, chosen is null ? [] : reader.Read(chosen));
    }

    private static YamlMap? Open(string folder, string name, string shown, Problems problems)
    {
        var path = System.IO.Path.Combine(folder, name);
        if (!File.Exists(path)) return null;
        var root = YamlFile.Read(path, shown + name, problems);
        if (root is YamlMap map) return map;
        if (root is not YamlScalar { IsNull: true }) problems.Add(ErrorCodes.WrongType, root.At, $"the file is {root.Found}; expected a map with 'packages:'");
        return null;
    }
}
