using Tributary.Core.Models.Context;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Jinja;

namespace Tributary.Core.Models.Compiling;

/// <summary>Writes the project's <c>query-comment</c> for a node: what goes around each statement of its templates.</summary>
internal static class QueryComments
{
    /// <summary>Null when the project asks for no comment.</summary>
    public static Func<string, string>? Of(DbtProject root, ParsedNode node, NodeContext context)
    {
        if (root.QueryComment is not { Template.Length: > 0 } wanted) return null;
        var text = Render(wanted.Template, root.At, node, context).Trim();
        if (text.Length == 0) return null;
        if (text.Contains("*/", StringComparison.Ordinal))
            throw new UserErrorException(ErrorCodes.TemplateError, root.At, "the query comment holds */, which would end it", "Take it out of query-comment.");
        return wanted.Append ? sql => $"{sql}\n/* {text} */" : sql => $"/* {text} */\n{sql}";
    }

    private static string Render(string template, Text.SourcePosition at, ParsedNode node, NodeContext context)
    {
        var scope = new Scope(context) { ["node"] = context.Node.Picture(), ["connection_name"] = node.Id };
        try
        {
            return Template.Parse(template, at.File).Render(new TemplateContext(scope));
        }
        catch (TemplateException error)
        {
            throw new UserErrorException([TemplateErrors.Of(error, at)]);
        }
    }
}
