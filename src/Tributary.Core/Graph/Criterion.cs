using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>
/// One word of a selection: <c>@</c>, <c>2+</c> or <c>+</c> before, <c>method:value</c>, <c>+</c> or <c>+1</c> behind
/// (dbt documentation, "Graph operators" and "Methods").
/// </summary>
internal sealed partial record Criterion(string Text, string Method, string Value, int? AncestorDepth, int? DescendantDepth, bool WithChildrensParents)
{
    public static Criterion Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) throw Unreadable(text, "expected a name, path or method:value with + or @ around it");
        var method = match.Groups["method"].Value;
        var value = match.Groups["value"].Value;
        var before = match.Groups["before"];
        var at = match.Groups["at"].Success;
        if (at && match.Groups["after"].Success) throw Unreadable(text, "'@' already takes descendants, so '+' cannot follow");
        return new Criterion(text, method.Length > 0 ? method : GuessMethod(value), value,
            Depth(before), Depth(match.Groups["after"]), at);
    }

    private static string GuessMethod(string value) =>
        value.Contains('/') ? "path" : value.EndsWith(".sql", StringComparison.Ordinal) || value.EndsWith(".yml", StringComparison.Ordinal) || value.EndsWith(".csv", StringComparison.Ordinal) ? "file" : "fqn";

    private static int? Depth(Group group) =>
        !group.Success ? null
        : int.TryParse(group.Value.Trim('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth
        : int.MaxValue;

    private static UserErrorException Unreadable(string text, string expected) =>
        new(ErrorCodes.UnknownSelector, null, $"The selection '{text}' cannot be read: {expected}.", "Examples: stg_patient, +fct_visits, tag:nightly, models/marts, metrics.*");

    [GeneratedRegex(@"^(?<at>@)?(?<before>\d*\+)?(?:(?<method>[a-z_]+(?:\.[\w.]+)?):)?(?<value>[^+@,\s][^+,\s]*)(?<after>\+\d*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
