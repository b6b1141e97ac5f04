using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Answers <c>ref</c> and <c>source</c> of a tested model by the test's inputs, and notes which of them it uses.</summary>
internal sealed class UnitTestReferences(ParsedProject project, ParsedNode test, UnitTest definition) : ICollector
{
    private readonly Dictionary<string, string> used = new(StringComparer.Ordinal);

    /// <summary>Ids of the inputs that were asked for, with the names of their expressions, in that order.</summary>
    public IReadOnlyDictionary<string, string> Used => used;

    /// <summary>The table as it stands, when the test says so.</summary>
    public RelationValue? This(ParsedNode model) => definition.Inputs.ContainsKey(model.Id) ? Use(model.Id, model.Name) : null;

    public RelationValue Ref(string? package, string name, object? version, SourcePosition at)
    {
        var found = project.References.Find(name, package, test.Package) ?? throw new UserErrorException([project.References.UnknownReference(name, package, at)]);
        return definition.Inputs.ContainsKey(found.Id) ? Use(found.Id, found.Name) : throw Missing($"ref('{(package is null ? "" : package + "', '")}{name}')", at);
    }

    public RelationValue Source(string source, string table, SourcePosition at)
    {
        var found = project.References.FindSource(source, table, test.Package) ?? throw new UserErrorException([project.References.UnknownSource(source, table, at)]);
        return definition.Inputs.ContainsKey(found.Id) ? Use(found.Id, $"{source}__{table}") : throw Missing($"source('{source}', '{table}')", at);
    }

    /// <summary>Configuration was settled by discovery.</summary>
    public void Configure(IEnumerable<KeyValuePair<string, object?>> values)
    {
    }

    private RelationValue Use(string id, string name)
    {
        used.TryAdd(id, RelationValue.EphemeralPrefix + name);
        return RelationValue.Ephemeral(name);
    }

    private UserErrorException Missing(string call, SourcePosition at) => new(ErrorCodes.MissingKey, test.At,
        $"the unit test '{test.Name}' gives no rows for {call}, which the model reads at {at}", $"Add to 'given:' - input: {call} with 'rows: []' or with rows.");
}
