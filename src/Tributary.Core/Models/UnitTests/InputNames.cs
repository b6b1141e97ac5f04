using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Text;
using Tributary.Jinja;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Finds what the inputs of tests stand for, and reads their rows.</summary>
internal sealed class InputNames(ModelParser parser, IReadOnlyList<ParsedNode> nodes)
{
    private readonly Dictionary<string, ParsedNode> byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);

    public ParsedNode? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Rows by id; <paramref name="self"/> is the id of <c>this</c>.</summary>
    public Dictionary<string, FixtureRows> Read(IReadOnlyList<Fixture> given, string from, PackageFiles package, string? self = null)
    {
        var inputs = new Dictionary<string, FixtureRows>(StringComparer.Ordinal);
        foreach (var fixture in given)
        {
            var id = fixture.Input == "this" && self is not null ? self : Meant(fixture, from);
            var rows = FixtureRows.Read(fixture, package);
            if (fixture is { Format: FixtureFormat.Dict, Rows: null })
            {
                var seed = Find(id)?.Seed
                    ?? throw new UserErrorException(ErrorCodes.MissingKey, fixture.At, $"the input {fixture.Input} has no rows", "Add 'rows:' (an empty list for none); only a seed brings its own.");
                rows = rows with { Seed = seed };
            }
            inputs[id] = rows;
        }
        return inputs;
    }

    /// <summary>The id of what an input's words refer to.</summary>
    private string Meant(Fixture fixture, string from)
    {
        var self = parser.Contexts.Provisional("this");
        var collected = new Collected(self);
        var context = parser.Contexts.Make(from, fixture.At, NodeConfig.Empty, self, collected);
        Template.Parse($"{{{{ {fixture.Input} }}}}", fixture.At.File).Render(context.Templates);
        if (collected.References is not [var reference])
            throw new UserErrorException(ErrorCodes.InvalidValue, fixture.At, $"the input '{fixture.Input}' is not understood", "Write ref('model'), source('source', 'table') or this.");
        var id = reference.Source is { } source ? parser.References.FindSource(source, reference.Name, from)?.Id : parser.References.Find(reference.Name, reference.Package, from, reference.Version)?.Id;
        return id ?? throw new UserErrorException([reference.Source is { } name
            ? parser.References.UnknownSource(name, reference.Name, fixture.At)
            : parser.References.UnknownReference(reference.Name, reference.Package, fixture.At, reference.Version)]);
    }
}
