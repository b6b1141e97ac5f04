using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Finds calls of functions that nothing defines, without rendering: collecting references passes over them, because dbt does,
/// and a misspelt macro would only be found when the model runs. Calls that a condition or a loop may never reach are left
/// alone: projects guard what only another adapter or an installed package has.
/// </summary>
internal static class UnknownCalls
{
    private static readonly HashSet<string> OfTheLanguage = new(StringComparer.Ordinal)
    {
        "range", "namespace", "dict", "return", "caller", "cycler", "joiner", "lipsum", "loop", "super", "self", "list", "_",
    };

    public static void Check(Template template, NodeContext context)
    {
        foreach (var call in Certain(template))
        {
            switch (call.Callee)
            {
                case NameExpression { IsLocal: false, Name: "var" } name when call.Arguments is { Named.Count: 0, Positional: [LiteralExpression { Value: string variable }] } && !context.Node.Variables.TryGet(variable, out _):
                    throw new UserErrorException([TemplateErrors.Of(VarFunction.Missing(variable, context.Node.Variables, template.FileName), At(template, name))]);
                case NameExpression { IsLocal: false } name when !IsKnown(name.Name, context):
                    throw Unknown(template, name, $"'{name.Name}' is called, and there is no macro or function of this name", Nearest.Hint(name.Name, [.. context.Names]));
                case AttributeExpression { Target: NameExpression { IsLocal: false } owner } member when !IsKnown(owner.Name, context):
                    throw Unknown(template, owner, $"'{owner.Name}.{member.Name}' is called, and there is no package or object '{owner.Name}'", "If it is a package: name it in packages.yml and run `tributary deps`.");
                case AttributeExpression { Target: NameExpression { IsLocal: false } owner } member when context.TryGet(owner.Name, out var found) && found is PackageNamespace package && !package.TryGetAttribute(member.Name, out _):
                    throw Unknown(template, member, $"the package '{owner.Name}' has no macro '{member.Name}'", Nearest.Hint(member.Name, [.. context.Node.Macros.NamesIn(owner.Name)]));
            }
        }
    }

    /// <summary>The calls that every rendering reaches.</summary>
    private static IEnumerable<CallExpression> Certain(Template template)
    {
        var open = new Stack<Node>(template.Body.Reverse());
        while (open.TryPop(out var node))
        {
            if (node is CallExpression call) yield return call;
            if (node is IfStatement or ForStatement or ConditionalExpression or LogicalExpression or MacroStatement) continue;
            foreach (var child in node.Children.Reverse()) open.Push(child);
        }
    }

    private static bool IsKnown(string name, NodeContext context) => OfTheLanguage.Contains(name) || context.TryGet(name, out _);

    private static UserErrorException Unknown(Template template, Node at, string message, string hint) =>
        new(ErrorCodes.TemplateError, At(template, at), message, hint);

    private static Text.SourcePosition At(Template template, Node at) => new(template.FileName, at.Position.Line, at.Position.Column);
}
