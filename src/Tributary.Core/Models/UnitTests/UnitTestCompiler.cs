using Tributary.Core.Models.UnitTests.Comparing;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Compiles a tested model over the fixtures of a test: each input that it reads becomes an expression of its query.</summary>
internal sealed class UnitTestCompiler(NodeTemplates templates, ParsedNode test)
{
    private readonly UnitTest definition = test.UnitTest ?? throw new ArgumentException("Not a unit test.", nameof(test));

    public CompiledUnitTest Compile()
    {
        var model = templates.Project.Find(definition.ModelId) ?? throw new InvalidOperationException($"{definition.ModelId} was there at discovery.");
        var references = new FixtureReferences(templates.Project, test.Package, definition.Inputs)
        {
            Missing = (call, at) => new Text.UserErrorException(Text.ErrorCodes.MissingKey, test.At,
                $"the unit test '{test.Name}' gives no rows for {call}, which the model reads at {at}", $"Add to 'given:' - input: {call} with 'rows: []' or with rows."),
        };
        var context = Context(model, references);
        var text = NodeTemplates.Render(model, context);
        return new FixtureCompiler(templates, definition.Inputs).Compile(text, references, definition.Expected, $"the model '{definition.Declaration.Model}'", context);
    }

    /// <summary>The model's own context, with the variables, macros and inputs of the test in place of the project's.</summary>
    private NodeContext Context(ParsedNode model, FixtureReferences references)
    {
        var overrides = definition.Declaration.Overrides;
        var names = templates.Compiler.Names(model, overrides.Over(templates.Project.Settings));
        if (references.This(model) is { } standing) names = names with { This = standing };
        var context = new NodeContext(names, references, execute: true) { Run = templates.Run, Session = templates.Session, Cancel = templates.Cancel };
        overrides.Apply(context);
        return context;
    }
}
