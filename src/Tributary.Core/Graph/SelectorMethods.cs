using System.IO.Enumeration;
using Tributary.Core.Text;

namespace Tributary.Core.Graph;

/// <summary>What each selection method matches (dbt documentation, "Methods").</summary>
internal static class SelectorMethods
{
    private static readonly Dictionary<string, Func<Node, string, bool>> ByName = new()
    {
        ["fqn"] = MatchesFqn,
        ["name"] = (node, value) => Wildcard(value, node.Name),
        ["path"] = MatchesPath,
        ["file"] = (node, value) => Wildcard(value, Path.GetFileName(node.At.File)) || Wildcard(value, Path.GetFileNameWithoutExtension(node.At.File)),
        ["tag"] = (node, value) => node.Tags.Any(tag => Wildcard(value, tag)),
        ["package"] = (node, value) => Wildcard(value, node.Package),
        ["resource_type"] = (node, value) => value == "all" || Wildcard(value, node.Kind.ToString().ToLowerInvariant()),
        ["test_type"] = (node, value) => node.Kind == NodeKind.Test && node.TestTypes.Any(type => Wildcard(value, type)),
        ["test_name"] = (node, value) => node.Kind == NodeKind.Test && node.TestTypes.Any(type => Wildcard(value, type)),
        ["source"] = MatchesSource,
        ["export"] = (node, value) => node.Kind == NodeKind.Export && Wildcard(value, node.Name),
    };

    public static Func<Node, bool> Resolve(Criterion criterion)
    {
        if (criterion.Method.StartsWith("config.", StringComparison.Ordinal))
        {
            var key = criterion.Method["config.".Length..];
            return node => node.ConfigValue(key) is { } value && Wildcard(criterion.Value, value);
        }
        if (ByName.TryGetValue(criterion.Method, out var matches)) return node => matches(node, criterion.Value);
        throw new UserErrorException(ErrorCodes.UnknownSelector, null,
            $"The selection '{criterion.Text}' uses the method '{criterion.Method}', which does not exist.",
            $"Methods: {string.Join(", ", ByName.Keys)}, config.<key>.");
    }

    /// <summary><c>package.folder.name</c>, any prefix of it, the same without the package, or the bare name; wildcards allowed.</summary>
    private static bool MatchesFqn(Node node, string value)
    {
        if (Wildcard(value, node.Name) || Wildcard(value, node.Id)) return true;
        var wanted = value.Split('.');
        return MatchesPrefix(node.Fqn, wanted) || (node.Fqn.Count > 1 && MatchesPrefix([.. node.Fqn.Skip(1)], wanted));
    }

    private static bool MatchesPrefix(IReadOnlyList<string> fqn, string[] wanted)
    {
        if (wanted.Length > fqn.Count) return false;
        for (var i = 0; i < wanted.Length; i++)
            if (!Wildcard(wanted[i], fqn[i])) return false;
        return true;
    }

    private static bool MatchesPath(Node node, string value)
    {
        var path = value.TrimEnd('/');
        return node.At.File == path || node.At.File.StartsWith(path + "/", StringComparison.Ordinal) || Wildcard(path, node.At.File)
            || Wildcard(path, Path.GetDirectoryName(node.At.File) ?? "");
    }

    /// <summary><c>source:airbyte</c> or <c>source:airbyte.patient</c>: here the load that fills it.</summary>
    private static bool MatchesSource(Node node, string value) =>
        node.Kind == NodeKind.Load && (Wildcard(value, node.Name) || Wildcard(value, node.Name.Split('.')[0]));

    private static bool Wildcard(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
