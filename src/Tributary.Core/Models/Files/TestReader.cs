using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>
/// Reads the generic tests of a model or column: a bare name, <c>name: {arguments}</c>, or <c>{test_name: …, arguments: …}</c>;
/// separates arguments from configuration as dbt does.
/// </summary>
internal static class TestReader
{
    private static readonly HashSet<string> ConfigKeys = new(StringComparer.Ordinal)
    {
        "severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures",
        "store_failures_as", "meta", "database", "schema", "alias",
    };

    public static IReadOnlyList<TestDeclaration> Read(YamlMap owner, YamlValues values)
    {
        var tests = new List<TestDeclaration>();
        foreach (var key in new[] { "tests", "data_tests" })
        {
            foreach (var node in values.ListAt(owner, key))
            {
                if (ReadOne(node, values) is { } test) tests.Add(test);
            }
        }
        return tests;
    }

    private static TestDeclaration? ReadOne(YamlNode node, YamlValues values)
    {
        switch (node)
        {
            case YamlScalar { IsNull: false } scalar:
                return Named(scalar.Text, scalar.At);
            case YamlMap map when map.Find("test_name") is YamlScalar name:
                return Filled(Named(name.Text, map.At), map, values);
            case YamlMap { Entries: [var only] }:
                return only.Value is YamlMap inner ? Filled(Named(only.Key, only.KeyAt), inner, values) : Named(only.Key, only.KeyAt);
            default:
                values.Problems.Add(ErrorCodes.WrongType, node.At, $"a test is {node.Found}; expected its name, or its name with a map of arguments",
                    "Write '- not_null', or '- accepted_values:' with the arguments indented below it.");
                return null;
        }
    }

    private static TestDeclaration Named(string name, SourcePosition at)
    {
        var dot = name.IndexOf('.');
        return dot < 0 ? new TestDeclaration(name, null, at) : new TestDeclaration(name[(dot + 1)..], name[..dot], at);
    }

    private static TestDeclaration Filled(TestDeclaration test, YamlMap map, YamlValues values)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        var config = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (entry.Key is "test_name" or "name" or "description") continue;
            if (entry is { Key: "config", Value: YamlMap given }) Configure(config, given, values);
            else if (entry is { Key: "arguments", Value: YamlMap below })
            {
                foreach (var item in below.Entries) arguments[item.Key] = item.Value.ToObject();
            }
            else if (!ConfigKeys.Contains(entry.Key)) arguments[entry.Key] = entry.Value.ToObject();
            else if (values.Value(entry.Value) is { } value) config[entry.Key] = value;
        }
        if (arguments.ContainsKey("model"))
            values.Problems.Add(ErrorCodes.UnknownKey, map.At, $"the test '{test.Name}' is given an argument 'model'", "That is what the test stands on; give another name to the argument.");
        return test with { Arguments = arguments, Config = config, GivenName = values.Text(map, "name"), Description = YamlValues.Raw(map, "description") };
    }

    /// <summary>What is null says nothing, and so leaves what the project says.</summary>
    private static void Configure(Dictionary<string, object?> config, YamlMap given, YamlValues values)
    {
        foreach (var (key, value) in values.Map(given))
        {
            if (value is not null) config[key] = value;
        }
    }
}
