using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Reads the section <c>unit_tests:</c> of a properties file. What is wrong becomes a problem, and reading goes on.</summary>
internal sealed class UnitTestReader(PropertyFile file, YamlValues values)
{
    private static readonly string[] Keys = ["name", "model", "description", "given", "expect", "overrides", "config", "versions"];
    private static readonly string[] FixtureKeys = ["input", "rows", "format", "fixture"];

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
        RefuseOthers(map, Keys, "a unit test");
        if (Required(map, "name") is not { } name || Required(map, "model") is not { } model) return null;
        if (values.MapAt(map, "expect") is not { } expect)
        {
            values.Problems.Add(ErrorCodes.MissingKey, map.At, $"the unit test '{name}' expects nothing", "Add 'expect:' with 'rows:'; an empty list expects no row.");
            return null;
        }
        var overrides = values.MapAt(map, "overrides");
        var versions = values.MapAt(map, "versions");
        return new UnitTestDeclaration(file.Package, name, model, map.At)
        {
            Folders = file.Folders,
            Description = YamlValues.Raw(map, "description"),
            Config = values.MapAt(map, "config") is { } config ? values.Map(config) : EmptyMap.Instance,
            Given = [.. values.ListAt(map, "given").OfType<YamlMap>().Select(ReadGiven).OfType<Fixture>()],
            Expect = ReadFixture(expect, ""),
            Macros = Below(overrides, "macros"),
            Vars = Below(overrides, "vars"),
            EnvironmentVariables = Below(overrides, "env_vars"),
            IncludedVersions = versions is null ? [] : values.Texts(versions, "include"),
            ExcludedVersions = versions is null ? [] : values.Texts(versions, "exclude"),
        };
    }

    private Fixture? ReadGiven(YamlMap map) => Required(map, "input") is { } input ? ReadFixture(map, input.Trim()) : null;

    private Fixture ReadFixture(YamlMap map, string input)
    {
        RefuseOthers(map, FixtureKeys, "a fixture");
        var format = Format(map);
        var fixture = new Fixture(input, format, map.At) { File = values.Text(map, "fixture") };
        if (map.Find("rows") is not { } rows || rows is YamlScalar { IsNull: true }) return Checked(fixture);
        return format == FixtureFormat.Dict
            ? fixture with { Rows = [.. values.ListAt(map, "rows").Select(Row).OfType<Dictionary<string, object?>>()] }
            : fixture with { Text = Text(rows, format) };
    }

    private FixtureFormat Format(YamlMap map)
    {
        var word = values.Text(map, "format")?.ToLowerInvariant() ?? "dict";
        if (word is "dict" or "csv" or "sql") return word switch { "csv" => FixtureFormat.Csv, "sql" => FixtureFormat.Sql, _ => FixtureFormat.Dict };
        values.Problems.Add(ErrorCodes.InvalidValue, map.PositionOf("format"), $"the format of a fixture is '{word}'; expected dict, csv or sql");
        return FixtureFormat.Dict;
    }

    /// <summary>Only a seed may bring rows of its own; whether the input is one is known later.</summary>
    private Fixture Checked(Fixture fixture)
    {
        if (fixture.File is not null && fixture.Format == FixtureFormat.Dict)
            values.Problems.Add(ErrorCodes.MissingKey, fixture.At, $"the fixture '{fixture.File}' has no format", "Add 'format: csv' or 'format: sql'.");
        else if (fixture.File is null && (fixture.Input.Length == 0 || fixture.Format != FixtureFormat.Dict))
            values.Problems.Add(ErrorCodes.MissingKey, fixture.At, "a fixture has neither 'rows' nor 'fixture'");
        return fixture;
    }

    private Dictionary<string, object?>? Row(YamlNode node)
    {
        if (node is YamlMap map) return values.Map(map);
        values.Problems.Add(ErrorCodes.WrongType, node.At, $"a row is {node.Found}; expected a map of columns and values");
        return null;
    }

    private string? Text(YamlNode rows, FixtureFormat format)
    {
        if (rows is YamlScalar scalar) return scalar.Text;
        values.Problems.Add(ErrorCodes.WrongType, rows.At, $"rows of format {format.ToString().ToLowerInvariant()} are {rows.Found}; expected text");
        return null;
    }

    private IReadOnlyDictionary<string, object?> Below(YamlMap? overrides, string key) =>
        overrides is not null && values.MapAt(overrides, key) is { } map ? values.Map(map) : EmptyMap.Instance;

    private string? Required(YamlMap map, string key)
    {
        if (values.Text(map, key) is { Length: > 0 } text) return text;
        values.Problems.Add(ErrorCodes.MissingKey, map.At, $"'{key}' is missing");
        return null;
    }

    private void RefuseOthers(YamlMap map, string[] known, string owner)
    {
        foreach (var entry in map.Entries)
        {
            if (!known.Contains(entry.Key)) values.Problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"{owner} has no key '{entry.Key}'", Nearest.Hint(entry.Key, known));
        }
    }
}
