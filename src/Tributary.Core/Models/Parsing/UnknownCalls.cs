using Tributary.Core.Models.Context;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Finds calls of functions that nothing defines, without rendering: collecting references passes over them, because dbt does,
/// and a misspelt macro would only be found when the model runs.
/// </summary>
internal static class UnknownCalls
{
    private static readonly HashSet<string> OfTheLanguage = new(StringComparer.Ordinal)
    {
        "range", "namespace", "dict", "return", "caller", "cycler", "joiner", "lipsum", "loop", "super", "self", "list", "_",
    };

    public static void Check(Template template, NodeContext context)
    {
        foreach (var call in template.Calls)
        {
            switch (call.Callee)
            {
                case NameExpression { IsLocal: false } name when !IsKnown(name.Name, context):
                    throw Unknown(template, name, $"'{name.Name}' is called, and there is no macro or function of this name", Nearest.Hint(name.Name, [.. context.Names]));
                case AttributeExpression { Target: NameExpression { IsLocal: false } owner } member when !IsKnown(owner.Name, context):
                    throw Unknown(template, owner, $"'{owner.Name}.{member.Name}' is called, and there is no package or object '{owner.Name}'", "If it is a package: name it in packages.yml and run `tributary deps`.");
                case AttributeExpression { Target: NameExpression { IsLocal: false } owner } member when context.TryGet(owner.Name, out var found) && found is PackageNamespace package && !package.TryGetAttribute(member.Name, out _):
                    throw Unknown(template, member, $"the package '{owner.Name}' has no macro '{member.Name}'", Nearest.Hint(member.Name, [.. context.Node.Macros.NamesIn(owner.Name)]));
            }
        }
    }

    private static bool IsKnown(string name, NodeContext context) => OfTheLanguage.Contains(name) || context.TryGet(name, out _);

    private static UserErrorException Unknown(Template template, Node at, string message, string hint) =>
        new(ErrorCodes.TemplateError, new(template.FileName, at.Position.Line, at.Position.Column), message, hint);
}
