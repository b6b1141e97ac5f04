using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>Renders templates of nodes in one run and one session.</summary>
internal sealed record NodeTemplates(ParsedProject Project, ModelCompiler Compiler, RunContext Run, WarehouseSession Session, CancellationToken Cancel)
{
    public string Render(ParsedNode node, ICollector references) => Render(node, Compiler.Context(node, references, Run, Session, Cancel));

    /// <summary>The node's text without what may not stand in an expression; errors carry their place in the template.</summary>
    public static string Render(ParsedNode node, NodeContext context)
    {
        try
        {
            return (node.Template?.Render(context.Templates) ?? "").Trim('\n', '\r', ' ', '\t', ';');
        }
        catch (TemplateException error)
        {
            throw new Text.UserErrorException([TemplateErrors.Of(error, node.At)]);
        }
    }
}
