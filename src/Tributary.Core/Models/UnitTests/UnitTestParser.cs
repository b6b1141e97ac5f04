using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Makes a node of each unit test: finds the model and what its inputs stand for, and reads the rows.</summary>
internal sealed class UnitTestParser(ModelParser parser, IReadOnlyList<ParsedNode> nodes)
{
    private readonly Dictionary<string, ParsedNode> byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<ParsedNode> Parse()
    {
        var made = new Dictionary<string, ParsedNode>(StringComparer.Ordinal);
        foreach (var test in parser.Files.UnitTests)
        {
            try
            {
                if (Make(test) is { } node && !made.TryAdd(node.Id, node))
                    parser.Problems.Add(ErrorCodes.DuplicateName, test.At, $"the unit test '{test.Name}' of '{test.Model}' is written twice; the other is at {made[node.Id].At}", "Give one another name.");
            }
            catch (TemplateException error)
            {
                parser.Problems.Add(TemplateErrors.Of(error, test.At));
            }
            catch (UserErrorException error)
            {
                parser.Problems.Add(error);
            }
        }
        return made.Values;
    }

    private ParsedNode? Make(UnitTestDeclaration test)
    {
        if (Tested(test) is not { } model) return null;
        var package = parser.Files.Packages.First(candidate => candidate.Project.Name == test.Package);
        string[] fqn = [test.Package, .. test.Folders, test.Model, test.Name];
        var config = parser.Configs.Resolve("unit_tests", package.Project, fqn, test.Config);
        if (!config.Enabled) return null;
        CheckIncremental(test, model);
        return new ParsedNode
        {
            Id = $"unit_test.{test.Package}.{test.Model}.{test.Name}",
            Name = test.Name,
            Package = test.Package,
            Kind = NodeKind.Test,
            Path = $"{test.At.File}/{test.Name}.sql",
            At = test.At,
            Fqn = fqn,
            RawCode = model.RawCode,
            Config = config,
            Database = model.Database,
            Schema = model.Schema,
            Alias = test.Name,
            Description = test.Description,
            DependsOn = [model.Id],
            UnitTest = new UnitTest(test, model.Id, Inputs(test, model, package), FixtureRows.Read(test.Expect, package)),
        };
    }

    /// <summary>Null when the model is disabled (the test is then too), could not be parsed, or is missing, which is a problem.</summary>
    private ParsedNode? Tested(UnitTestDeclaration test)
    {
        var found = parser.References.Find(test.Model, null, test.Package);
        if (found is { Id: var id } && id.StartsWith("model.", StringComparison.Ordinal)) return byId.GetValueOrDefault(id);
        if (parser.References.IsDisabled(test.Model)) return null;
        var known = nodes.Where(node => node.Kind == NodeKind.Model).Select(node => node.Name).ToList();
        parser.Problems.Add(ErrorCodes.UnknownReference, test.At, $"the unit test '{test.Name}' is of a model '{test.Model}', which does not exist", Nearest.Hint(test.Model, known));
        return null;
    }

    private Dictionary<string, FixtureRows> Inputs(UnitTestDeclaration test, ParsedNode model, PackageFiles package)
    {
        var inputs = new Dictionary<string, FixtureRows>(StringComparer.Ordinal);
        foreach (var given in test.Given)
        {
            var id = given.Input == "this" ? model.Id : Meant(test, given, model);
            var rows = FixtureRows.Read(given, package);
            if (given is { Format: FixtureFormat.Dict, Rows: null })
            {
                var seed = byId.GetValueOrDefault(id)?.Seed
                    ?? throw new UserErrorException(ErrorCodes.MissingKey, given.At, $"the input {given.Input} has no rows", "Add 'rows:' (an empty list for none); only a seed brings its own.");
                rows = rows with { Seed = seed };
            }
            inputs[id] = rows;
        }
        return inputs;
    }

    /// <summary>The id of what an input's words refer to.</summary>
    private string Meant(UnitTestDeclaration test, Fixture given, ParsedNode model)
    {
        var self = parser.Contexts.Provisional(model.Name);
        var collected = new Collected(self);
        var context = parser.Contexts.Make(test.Package, given.At, model.Config, self, collected);
        Template.Parse($"{{{{ {given.Input} }}}}", given.At.File).Render(context.Templates);
        if (collected.References is not [var reference])
            throw new UserErrorException(ErrorCodes.InvalidValue, given.At, $"the input '{given.Input}' is not understood", "Write ref('model'), source('source', 'table') or this.");
        var at = reference with { At = given.At };
        var id = at.Source is { } source ? parser.References.FindSource(source, at.Name, test.Package)?.Id : parser.References.Find(at.Name, at.Package, test.Package)?.Id;
        return id ?? throw new UserErrorException([at.Source is { } name
            ? parser.References.UnknownSource(name, at.Name, at.At)
            : parser.References.UnknownReference(at.Name, at.Package, at.At)]);
    }

    /// <summary>A test must say which of the two ways of an incremental model it means, and what stands in the table.</summary>
    private static void CheckIncremental(UnitTestDeclaration test, ParsedNode model)
    {
        if (model.Template?.Calls.Any(call => call.Callee is NameExpression { Name: "is_incremental" }) is not true) return;
        if (test.Macros.GetValueOrDefault("is_incremental") is not bool isIncremental)
        {
            throw new UserErrorException(ErrorCodes.MissingKey, test.At, $"'{model.Name}' asks is_incremental(), and the unit test '{test.Name}' does not say what that is",
                "Add 'overrides: {macros: {is_incremental: true}}' or false.");
        }
        if (isIncremental && test.Given.All(given => given.Input != "this"))
            throw new UserErrorException(ErrorCodes.MissingKey, test.At, $"the unit test '{test.Name}' of the incremental model '{model.Name}' does not say what stands in the table", "Add to 'given:' an input 'this'.");
    }
}
