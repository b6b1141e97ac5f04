using Tributary.Core.Models.UnitTests.Fixtures;
using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.UnitTests;

/// <summary>A unit test with the keys of dbt's manifest: an entry of <c>unit_tests</c>.</summary>
internal static class UnitTestPicture
{
    public static JinjaDict Of(ParsedNode node)
    {
        var test = node.UnitTest ?? throw new ArgumentException("Not a unit test.", nameof(node));
        var declared = test.Declaration;
        var file = ManifestPath.Original(node.At.File);
        var picture = GraphPicture.Dict(
            ("model", declared.Model), ("given", Given(test)), ("expect", Rows(test.Expected)), ("name", node.Name), ("resource_type", node.ResourceType),
            ("package_name", node.Package), ("path", file), ("original_file_path", file), ("unique_id", node.Id), ("fqn", node.Fqn), ("description", node.Description),
            ("overrides", GraphPicture.Dict(("macros", declared.Overrides.Macros), ("vars", declared.Overrides.Vars), ("env_vars", declared.Overrides.EnvironmentVariables))),
            ("depends_on", GraphPicture.Dict(("macros", new List<object?>()), ("nodes", node.DependsOn))),
            ("config", GraphPicture.Dict(("tags", node.Config.Tags), ("meta", node.Config.Meta), ("enabled", true))), ("tags", node.Config.Tags),
            ("schema", node.Schema), ("created_at", 0d), ("versions", null), ("version", null));
        picture["checksum"] = Checksum(picture);
        return picture;
    }

    private static List<object?> Given(UnitTest test)
    {
        var given = new List<object?>();
        foreach (var rows in test.Inputs.Values)
        {
            var entry = Rows(rows);
            entry["input"] = rows.Fixture.Input;
            given.Add(entry);
        }
        return given;
    }

    private static JinjaDict Rows(FixtureRows rows) => GraphPicture.Dict(
        ("rows", rows.Query is { } query ? query : rows.Seed is not null ? null : rows.Rows.ToList<object?>()), ("format", rows.Fixture.Format.ToString().ToLowerInvariant()), ("fixture", rows.Fixture.File));

    /// <summary>Of everything that decides what the test says.</summary>
    private static string Checksum(JinjaDict picture)
    {
        var text = new StringBuilder();
        foreach (var key in new[] { "model", "given", "expect", "overrides" }) text.Append(PlainObject.ToJson(picture.TryGet(key, out var value) ? PlainObject.From(value) : null));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
