using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Makes a node of each unit test: finds the model and what its inputs stand for, and reads the rows.</summary>
internal sealed class UnitTestParser(ModelParser parser, IReadOnlyList<ParsedNode> nodes)
{
    private readonly InputNames inputs = new(parser, nodes);

    public IReadOnlyCollection<ParsedNode> Parse()
    {
        var made = new Dictionary<string, ParsedNode>(StringComparer.Ordinal);
        foreach (var test in parser.Files.UnitTests)
        {
            try
            {
                foreach (var model in Tested(test))
                {
                    if (Make(test, model) is { } node && !made.TryAdd(node.Id, node))
                        parser.Problems.Add(ErrorCodes.DuplicateName, test.At, $"the unit test '{test.Name}' of '{test.Model}' is written twice; the other is at {made[node.Id].At}", "Give one another name.");
                }
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

    private ParsedNode? Make(UnitTestDeclaration test, ParsedNode model)
    {
        var package = parser.Files.Packages.First(candidate => candidate.Project.Name == test.Package);
        string[] fqn = [test.Package, .. test.Folders, test.Model, test.Name];
        var config = parser.Configs.Resolve("unit_tests", package.Project, fqn, test.Config);
        if (!config.Enabled) return null;
        CheckIncremental(test, model);
        return new ParsedNode
        {
            Id = $"unit_test.{test.Package}.{test.Model}.{test.Name}{(model.Version is null ? "" : "_v" + model.Version)}",
            Version = model.Version,
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
            UnitTest = new UnitTest(test, model.Id, inputs.Read(test.Given, test.Package, package, model.Id), FixtureRows.Read(test.Expect, package)),
        };
    }

    /// <summary>The model, or those of its versions that the test chooses; none when it is disabled, could not be parsed, or is missing, which is a problem.</summary>
    private IEnumerable<ParsedNode> Tested(UnitTestDeclaration test)
    {
        var found = parser.References.Find(test.Model, null, test.Package);
        if (found is { Version: { } } latest) return Versions(test, latest);
        if (found is { Id: var id } && id.StartsWith("model.", StringComparison.Ordinal))
        {
            if (test.IncludedVersions.Count + test.ExcludedVersions.Count > 0)
                parser.Problems.Add(ErrorCodes.UnknownName, test.At, $"the unit test '{test.Name}' chooses among versions, and the model '{test.Model}' has none");
            return inputs.Find(id) is { } model ? [model] : [];
        }
        if (parser.References.IsDisabled(test.Model)) return [];
        var known = nodes.Where(node => node.Kind == NodeKind.Model).Select(node => node.Name).ToList();
        parser.Problems.Add(ErrorCodes.UnknownReference, test.At, $"the unit test '{test.Name}' is of a model '{test.Model}', which does not exist", Nearest.Hint(test.Model, known));
        return [];
    }

    private List<ParsedNode> Versions(UnitTestDeclaration test, ReferenceTable.Target model)
    {
        var all = nodes.Where(node => node.Name == model.Name && node.Package == model.Package && node.Version is not null).ToList();
        var chosen = all.Where(node => test.IncludedVersions.Count > 0 ? test.IncludedVersions.Contains(node.Version!) : !test.ExcludedVersions.Contains(node.Version!)).ToList(); // filtered above
        if (chosen.Count == 0)
            parser.Problems.Add(ErrorCodes.UnknownName, test.At, $"the unit test '{test.Name}' chooses no version of '{test.Model}'", $"It has: {string.Join(", ", all.Select(node => node.Version))}.");
        return chosen;
    }

    /// <summary>A test must say which of the two ways of an incremental model it means, and what stands in the table.</summary>
    private static void CheckIncremental(UnitTestDeclaration test, ParsedNode model)
    {
        if (model.Template?.Calls.Any(call => call.Callee is NameExpression { Name: "is_incremental" }) is not true) return;
        if (test.Overrides.Macros.GetValueOrDefault("is_incremental") is not bool isIncremental)
        {
            throw new UserErrorException(ErrorCodes.MissingKey, test.At, $"'{model.Name}' asks is_incremental(), and the unit test '{test.Name}' does not say what that is",
                "Add 'overrides: {macros: {is_incremental: true}}' or false.");
        }
        if (isIncremental && test.Given.All(given => given.Input != "this"))
            throw new UserErrorException(ErrorCodes.MissingKey, test.At, $"the unit test '{test.Name}' of the incremental model '{model.Name}' does not say what stands in the table", "Add to 'given:' an input 'this'.");
    }
}
