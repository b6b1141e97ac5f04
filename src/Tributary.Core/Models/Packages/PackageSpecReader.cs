using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Packages;

/// <summary>Reads the entries below <c>packages:</c>, of <c>packages.yml</c>, <c>dependencies.yml</c> and the lock file alike.</summary>
internal sealed class PackageSpecReader(YamlValues values)
{
    private static readonly string[] Keys =
        ["package", "version", "install_prerelease", "install-prerelease", "git", "revision", "warn-unpinned", "warn_unpinned", "subdirectory", "tarball", "name", "local", "private", "provider"];

    public IReadOnlyList<PackageSpec> Read(YamlMap file)
    {
        var specs = new List<PackageSpec>();
        foreach (var node in values.ListAt(file, "packages"))
        {
            if (node is not YamlMap map) values.Problems.Add(ErrorCodes.WrongType, node.At, $"an entry of 'packages' is {node.Found}; expected a map such as 'package: dbt-labs/dbt_utils'");
            else if (ReadOne(map) is { } spec) specs.Add(spec with { Written = (IReadOnlyDictionary<string, object?>)map.ToObject() });
        }
        return specs;
    }

    private PackageSpec? ReadOne(YamlMap map)
    {
        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Key)))
            values.Problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"a package has no key '{Excerpt.Of(entry.Key)}'; it is passed over", Nearest.Hint(entry.Key, Keys));
        if (values.Text(map, "package") is { } hub) return Hub(map, hub);
        if (values.Text(map, "git") is { } git) return Git(map, git);
        if (values.Text(map, "tarball") is { } tarball) return Tarball(map, tarball);
        if (values.Text(map, "local") is { } local) return new LocalSpec(map.At, local);
        values.Problems.Add(
            map.Find("private") is null ? ErrorCodes.MissingKey : ErrorCodes.NotSupported, map.At,
            map.Find("private") is null ? "a package says nothing of where it comes from" : "private packages belong to dbt's own service and cannot be fetched here",
            "Write 'package:', 'git:', 'tarball:' or 'local:'.");
        return null;
    }

    private HubSpec? Hub(YamlMap map, string name)
    {
        if (name.Split('/') is not [{ Length: > 0 }, { Length: > 0 }] || name.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '.')) || name.Contains("..", StringComparison.Ordinal))
        {
            values.Problems.Add(ErrorCodes.InvalidValue, map.PositionOf("package"), $"'{Excerpt.Of(name)}' is no package of the hub", "Write owner/name, such as dbt-labs/dbt_utils.");
            return null;
        }
        var version = values.Value(map.Find("version"));
        if (version is null or "")
        {
            values.Problems.Add(ErrorCodes.MissingKey, map.At, $"the package {name} has no version", "Add a range, such as version: [\">=1.0.0\", \"<2.0.0\"].");
            return null;
        }
        string[] texts = version is IReadOnlyList<object?> list ? [.. list.Select(PythonText.Of)] : [PythonText.Of(version)];
        if (VersionRange.Parse(texts, out var wrong) is { } range) return new HubSpec(map.At, name, range, version, Prereleases(map));
        values.Problems.Add(ErrorCodes.InvalidValue, map.PositionOf("version"), $"'{Excerpt.Of(wrong ?? "")}' is no version", "Write it as 1.2.3, or as a bound such as >=1.2.3.");
        return null;
    }

    private bool Prereleases(YamlMap map) => values.Value(map.Find("install_prerelease") ?? map.Find("install-prerelease")) is true;

    private GitSpec? Git(YamlMap map, string url)
    {
        var revision = values.Value(map.Find("revision"));
        var folder = values.Text(map, "subdirectory");
        if (Fetching.GitWords.Fault(url, revision is null ? null : PythonText.Of(revision), folder) is { } fault)
        {
            values.Problems.Add(ErrorCodes.InvalidValue, map.At, fault);
            return null;
        }
        return new GitSpec(map.At, url, revision, values.Value(map.Find("warn-unpinned") ?? map.Find("warn_unpinned")) as bool?, folder);
    }

    private TarballSpec? Tarball(YamlMap map, string url)
    {
        if (values.Text(map, "name") is { Length: > 0 } name) return new TarballSpec(map.At, url, name);
        values.Problems.Add(ErrorCodes.MissingKey, map.At, "a tarball needs the name of its package", "Add 'name:', as in the package's dbt_project.yml.");
        return null;
    }
}
