using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.UnitTests.Fixtures;

/// <summary>Reads one fixture of YAML: <c>{input, rows, format, fixture}</c>.</summary>
internal sealed class FixtureReader(YamlValues values)
{
    private static readonly string[] Keys = ["input", "rows", "format", "fixture"];

    /// <summary>The fixtures of <c>given:</c>; one without an input is a problem.</summary>
    public IReadOnlyList<Fixture> Given(YamlMap test)
    {
        var given = new List<Fixture>();
        foreach (var map in values.ListAt(test, "given").OfType<YamlMap>())
        {
            if (values.Text(map, "input") is { Length: > 0 } input) given.Add(Read(map, input.Trim()));
            else values.Problems.Add(ErrorCodes.MissingKey, map.At, "'input' is missing");
        }
        return given;
    }

    public Fixture Read(YamlMap map, string input)
    {
        foreach (var entry in map.Entries)
        {
            if (!Keys.Contains(entry.Key)) values.Problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"a fixture has no key '{entry.Key}'", Nearest.Hint(entry.Key, Keys));
        }
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
}
