using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Collects references without rendering where that gives the same: templates that hold only text and <c>ref</c>,
/// <c>source</c>, <c>changes</c> and <c>config</c> with literals, when no macro of the project stands in their place. Most models are such.
/// </summary>
internal static class StaticCalls
{
    /// <summary>False when the template does anything else; nothing was collected then.</summary>
    public static bool TryCollect(Template template, MacroLibrary macros, string package, Collected collected)
    {
        var calls = new List<CallExpression>();
        foreach (var statement in template.Body)
        {
            if (statement is TextStatement) continue;
            if (statement is not OutputStatement { Expression: CallExpression { Callee: NameExpression { IsLocal: false } } call } || !IsStatic(call)) return false;
            calls.Add(call);
        }
        if (calls.Exists(call => macros.Find(NameOf(call), package) is not null)) return false;
        foreach (var call in calls) Collect(call, collected);
        return true;
    }

    private static string NameOf(CallExpression call) => ((NameExpression)call.Callee).Name;

    private static bool IsStatic(CallExpression call)
    {
        if (call.Arguments.Rest is not null || call.Arguments.NamedRest is not null) return false;
        return NameOf(call) switch
        {
            "ref" => call.Arguments.Named.Count == 0 && call.Arguments.Positional.Count is 1 or 2 && call.Arguments.Positional.All(IsText),
            "source" => call.Arguments.Named.Count == 0 && call.Arguments.Positional.Count == 2 && call.Arguments.Positional.All(IsText),
            "changes" => call.Arguments.Named.Count == 0 && call.Arguments.Positional.Count is 1 or 2 && call.Arguments.Positional.All(IsText),
            "config" => call.Arguments.Positional.Count == 0 && call.Arguments.Named.All(pair => IsLiteral(pair.Value)),
            _ => false,
        };
    }

    private static bool IsText(Expression expression) => expression is LiteralExpression { Value: string };

    private static bool IsLiteral(Expression expression) => expression switch
    {
        LiteralExpression => true,
        ListExpression list => list.Items.All(IsLiteral),
        DictExpression dict => dict.Pairs.All(pair => IsText(pair.Key) && IsLiteral(pair.Value)),
        _ => false,
    };

    private static void Collect(CallExpression call, Collected collected)
    {
        var at = new SourcePosition(call.Position.File, call.Position.Line, call.Position.Column);
        var names = call.Arguments.Positional.Select(expression => (string)((LiteralExpression)expression).Value!).ToArray();
        switch (NameOf(call))
        {
            case "ref":
                collected.Ref(names.Length == 2 ? names[0] : null, names[^1], null, at);
                break;
            case "source":
                collected.Source(names[0], names[1], at);
                break;
            case "changes":
                collected.Changes(names.Length == 2 ? names[0] : null, names[^1], withDeleted: false, at);
                break;
            default:
                collected.Configure(call.Arguments.Named.Select(pair => KeyValuePair.Create(pair.Key, Value(pair.Value))));
                break;
        }
    }

    private static object? Value(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value,
        ListExpression list => list.Items.Select(Value).ToList(),
        DictExpression dict => dict.Pairs.ToDictionary(pair => (string)Value(pair.Key)!, pair => Value(pair.Value)),
        _ => throw new InvalidOperationException("Only literals come here."),
    };
}
