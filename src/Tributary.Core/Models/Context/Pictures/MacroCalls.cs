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
        foreach (var macro in In(node.Template?.Body ?? [], node.Package, macros)) yield return macro;
    }

    /// <summary>The macros that these statements call by name, in the order of the text; unknown names are passed over.</summary>
    public static IEnumerable<PackageMacro> In(IReadOnlyList<Statement> body, string package, MacroLibrary macros)
    {
        foreach (var statement in body)
        {
            foreach (var part in statement.DescendantsAndSelf())
            {
                if (part is CallExpression call && Named(call, package, macros) is { } macro) yield return macro;
            }
        }
    }

    private static PackageMacro? Named(CallExpression call, string package, MacroLibrary macros) => call.Callee switch
    {
        NameExpression { IsLocal: false } name => macros.Find(name.Name, package),
        AttributeExpression { Name: "dispatch", Target: NameExpression { IsLocal: false, Name: "adapter" } } => Dispatched(call, package, macros),
        AttributeExpression { Target: NameExpression { IsLocal: false } owner } member => macros.FindIn(owner.Name, member.Name),
        _ => null,
    };

    /// <summary>What <c>adapter.dispatch('name', 'package')</c> chooses, where both are written as text.</summary>
    private static PackageMacro? Dispatched(CallExpression call, string package, MacroLibrary macros)
    {
        if (call.Arguments.Positional is not [LiteralExpression { Value: string name }, ..]) return null;
        var space = call.Arguments.Positional.Count > 1 ? call.Arguments.Positional[1] : call.Arguments.Named.FirstOrDefault(pair => pair.Key == "macro_namespace").Value;
        return macros.Dispatch(name, (space as LiteralExpression)?.Value as string, package);
    }
}
