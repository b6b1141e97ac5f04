using System.Text.RegularExpressions;
using Tributary.Core.Models.Context;
using Tributary.Jinja;

namespace Tributary.Core.Models.Parsing.Tests;

/// <summary>
/// The arguments of a generic test as values: text that looks like <c>ref(…)</c>, <c>source(…)</c>, <c>var(…)</c> or
/// <c>env_var(…)</c> is an expression, other text may hold Jinja; the column's name is taken as it is.
/// </summary>
internal static partial class TestArguments
{
    public static IEnumerable<KeyValuePair<string, object?>> Evaluate(IReadOnlyDictionary<string, object?> arguments, NodeContext context)
    {
        var values = new List<KeyValuePair<string, object?>>(arguments.Count);
        foreach (var (name, value) in arguments)
            values.Add(KeyValuePair.Create(name, name == "column_name" ? value : PlainObject.ToTemplate(Value(value, context))));
        return values;
    }

    private static object? Value(object? value, NodeContext context) => value switch
    {
        string text => Text(text, context),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(entry => entry.Key, entry => Value(entry.Value, context)),
        IReadOnlyList<object?> list => list.Select(item => Value(item, context)).ToList(),
        _ => value,
    };

    private static object? Text(string text, NodeContext context)
    {
        var template = Call().IsMatch(text) ? $"{{{{ {text} }}}}" : text;
        if (!template.Contains("{{", StringComparison.Ordinal) && !template.Contains("{%", StringComparison.Ordinal)) return text;
        return Template.Parse(template, context.Node.At.File).Evaluate(context.Templates);
    }

    [GeneratedRegex(@"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$", RegexOptions.Singleline)]
    private static partial Regex Call();
}
