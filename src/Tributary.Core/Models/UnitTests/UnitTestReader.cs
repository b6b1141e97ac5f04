using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Reads the section <c>unit_tests:</c> of a properties file. What is wrong becomes a problem, and reading goes on.</summary>
internal sealed class UnitTestReader(PropertyFile file, YamlValues values)
{
    private static readonly string[] Keys = ["name", "model", "description", "given", "expect", "overrides", "config", "versions"];

    private readonly FixtureReader fixtures = new(values);

    public IEnumerable<UnitTestDeclaration> Read(YamlMap root)
    {
        foreach (var node in values.ListAt(root, "unit_tests"))
        {
            if (node is not YamlMap map) values.Problems.Add(ErrorCodes.WrongType, node.At, $"an entry of 'unit_tests' is {node.Found}; expected a map with 'name', 'model' and 'expect'");
            else if (ReadOne(map) is { } test) yield return test;
        }
    }

    private UnitTestDeclaration? ReadOne(YamlMap map)
    {
        WarnOfOthers(map);
        if (Required(map, "name") is not { } name || Required(map, "model") is not { } model) return null;
        if (values.MapAt(map, "expect") is not { } expect)
        {
            values.Problems.Add(ErrorCodes.MissingKey, map.At, $"the unit test '{name}' expects nothing", "Add 'expect:' with 'rows:'; an empty list expects no row.");
            return null;
        }
        var versions = values.MapAt(map, "versions");
        return new UnitTestDeclaration(file.Package, name, model, map.At)
        {
            Folders = file.Folders,
            Description = YamlValues.Raw(map, "description"),
            Config = values.MapAt(map, "config") is { } config ? values.Map(config) : EmptyMap.Instance,
            Given = fixtures.Given(map),
            Expect = fixtures.Read(expect, ""),
            Overrides = TestOverrides.Read(values.MapAt(map, "overrides"), values),
            IncludedVersions = versions is null ? [] : values.Texts(versions, "include"),
            ExcludedVersions = versions is null ? [] : values.Texts(versions, "exclude"),
        };
    }

    private string? Required(YamlMap map, string key)
    {
        if (values.Text(map, key) is { Length: > 0 } text) return text;
        values.Problems.Add(ErrorCodes.MissingKey, map.At, $"'{key}' is missing");
        return null;
    }

    private void WarnOfOthers(YamlMap map)
    {
        foreach (var entry in map.Entries)
        {
            if (!Keys.Contains(entry.Key)) values.Problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"a unit test has no key '{entry.Key}'", Nearest.Hint(entry.Key, Keys));
        }
    }
}
