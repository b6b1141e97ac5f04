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
            if (call.Callee is not NameExpression { IsLocal: false } name || OfTheLanguage.Contains(name.Name) || context.TryGet(name.Name, out _)) continue;
            throw new UserErrorException(ErrorCodes.TemplateError, new(template.FileName, name.Position.Line, name.Position.Column),
                $"'{name.Name}' is called, and there is no macro or function of this name", Nearest.Hint(name.Name, [.. context.Names]));
        }
    }
}
