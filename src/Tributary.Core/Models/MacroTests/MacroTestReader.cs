using Tributary.Core.Models.Files;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.MacroTests;

/// <summary>Reads the section <c>macro_tests:</c> of a properties file. What is wrong becomes a problem, and reading goes on.</summary>
internal sealed class MacroTestReader(PropertyFile file, YamlValues values)
{
    private static readonly string[] Keys = ["name", "macro", "description", "args", "given", "overrides", "expect"];
    private static readonly string[] Expectations = ["text", "exact", "value", "error", "rows"];

    private readonly FixtureReader fixtures = new(values);

    public IEnumerable<MacroTestDeclaration> Read(YamlMap root)
    {
        foreach (var node in values.ListAt(root, "macro_tests"))
        {
            if (node is not YamlMap map) values.Problems.Add(ErrorCodes.WrongType, node.At, $"an entry of 'macro_tests' is {node.Found}; expected a map with 'name', 'macro' and 'expect'");
            else if (ReadOne(map) is { } test) yield return test;
        }
    }

    private MacroTestDeclaration? ReadOne(YamlMap map)
    {
        foreach (var entry in map.Entries)
        {
            if (!Keys.Contains(entry.Key)) values.Problems.Add(ErrorCodes.UnknownKey, entry.KeyAt, $"a macro test has no key '{entry.Key}'", Nearest.Hint(entry.Key, Keys));
        }
        if (Required(map, "name") is not { } name || Required(map, "macro") is not { } macro || Expectation(map, name) is not { } expect) return null;
        return new MacroTestDeclaration(file.Package, name, macro, map.At)
        {
            Folders = file.Folders,
            Description = YamlValues.Raw(map, "description"),
            Positional = map.Find("args") is YamlList list ? [.. list.Items.Select(item => item.ToObject())] : [],
            Named = map.Find("args") is YamlMap named ? [.. named.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToObject()))] : [],
            Given = fixtures.Given(map),
            Overrides = TestOverrides.Read(values.MapAt(map, "overrides"), values),
            Expect = expect,
        };
    }

    private MacroExpectation? Expectation(YamlMap map, string name)
    {
        if (map.Find("expect") is YamlScalar { IsNull: false } text) return new MacroExpectation.Text(text.Text, IsExact: false);
        if (map.Find("expect") is YamlMap expect)
        {
            if (expect.Find("rows") is not null || expect.Find("fixture") is not null) return new MacroExpectation.Rows(fixtures.Read(expect, ""));
            if (expect.TryGet("value", out var value)) return new MacroExpectation.Value(value.Value.ToObject());
            foreach (var key in Expectations)
            {
                if (expect.Find(key) is YamlScalar scalar)
                    return key == "error" ? new MacroExpectation.Error(scalar.Text) : new MacroExpectation.Text(scalar.Text, IsExact: key == "exact");
            }
        }
        values.Problems.Add(ErrorCodes.MissingKey, map.PositionOf("expect"), $"the macro test '{name}' expects nothing that is known", "Add 'expect:' with a text, or with one of text, exact, value, error, rows.");
        return null;
    }

    private string? Required(YamlMap map, string key)
    {
        if (values.Text(map, key) is { Length: > 0 } text) return text;
        values.Problems.Add(ErrorCodes.MissingKey, map.At, $"'{key}' is missing");
        return null;
    }
}
