using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>The macros that a node's own text calls, read from its tree: <c>depends_on.macros</c>.</summary>
internal static class MacroCalls
{
    public static List<object?> Of(ParsedNode node, MacroLibrary macros)
    {
        var ids = new List<object?>();
        foreach (var macro in Called(node, macros))
        {
            if (macro is not null && !ids.Contains(macro.Id)) ids.Add(macro.Id);
        }
        return ids;
    }

    private static IEnumerable<PackageMacro?> Called(ParsedNode node, MacroLibrary macros)
    {
        if (node.Test is { } test)
        {
            yield return test.Package is { } package ? macros.FindIn(package, $"test_{test.Name}") : macros.Find($"test_{test.Name}", node.Package);
            yield return macros.Find("get_where_subquery", node.Package);
            yield break;
        }
        foreach (var call in node.Template?.Calls ?? [])
        {
            yield return call.Callee switch
            {
                NameExpression { IsLocal: false } name => macros.Find(name.Name, node.Package),
                AttributeExpression { Target: NameExpression { IsLocal: false } owner } member => macros.FindIn(owner.Name, member.Name),
                _ => null,
            };
        }
    }
}
