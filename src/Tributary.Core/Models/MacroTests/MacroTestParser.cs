using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Text;
using Tributary.Jinja;

namespace Tributary.Core.Models.MacroTests;

/// <summary>Makes a node of each macro test: it hangs on nothing.</summary>
internal sealed class MacroTestParser(ModelParser parser, IReadOnlyList<ParsedNode> nodes)
{
    private readonly InputNames inputs = new(parser, nodes);

    public IReadOnlyCollection<ParsedNode> Parse()
    {
        var made = new Dictionary<string, ParsedNode>(StringComparer.Ordinal);
        foreach (var test in parser.Files.MacroTests)
        {
            try
            {
                if (Make(test) is { } node && !made.TryAdd(node.Id, node))
                    parser.Problems.Add(ErrorCodes.DuplicateName, test.At, $"the macro test '{test.Name}' of '{test.Macro}' is written twice; the other is at {made[node.Id].At}", "Give one another name.");
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

    private ParsedNode? Make(MacroTestDeclaration test)
    {
        if (Find(test) is not { } macro) return null;
        var package = parser.Files.Packages.First(candidate => candidate.Project.Name == test.Package);
        var expected = test.Expect is MacroExpectation.Rows rows ? FixtureRows.Read(rows.Wanted, package) : null;
        return new ParsedNode
        {
            Id = $"unit_test.{test.Package}.{test.Macro}.{test.Name}",
            Name = test.Name,
            Package = test.Package,
            Kind = NodeKind.Test,
            Path = $"{test.At.File}/{test.Name}.sql",
            At = test.At,
            Fqn = [test.Package, .. test.Folders, test.Macro, test.Name],
            Config = NodeConfig.Empty,
            Description = test.Description,
            MacroTest = new MacroTest(test, macro.Package, macro.Name, inputs.Read(test.Given, test.Package, package), expected),
        };
    }

    private PackageMacro? Find(MacroTestDeclaration test)
    {
        var dot = test.Macro.IndexOf('.');
        var found = dot > 0 ? parser.Macros.FindIn(test.Macro[..dot], test.Macro[(dot + 1)..]) : parser.Macros.Find(test.Macro, test.Package);
        if (found is not null) return found;
        parser.Problems.Add(ErrorCodes.UnknownName, test.At, $"the macro test '{test.Name}' is of a macro '{test.Macro}', which nothing defines", Nearest.Hint(test.Macro, [.. parser.Macros.NamesIn(test.Package)]));
        return null;
    }
}
