using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Who may refer to a model: a private one its own group, a protected one its own package when that restricts access. A test counts
/// as one of the group of what it tests.
/// </summary>
internal static class AccessRules
{
    private static readonly string[] Words = ["private", "protected", "public"];

    public static void Check(IReadOnlyList<ParsedNode> nodes, ModelFiles files, Problems problems)
    {
        var groups = files.Resources.Where(resource => resource.Kind == "group").Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        var closed = new Dictionary<string, ParsedNode>(StringComparer.Ordinal);
        var restricted = files.Packages.Where(package => package.Project.RestrictAccess).Select(package => package.Project.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (node.Config.Text("group") is { } group && node.Kind != NodeKind.Test && !groups.Contains(group))
                problems.Add(ErrorCodes.UnknownName, node.At, $"'{node.Name}' belongs to the group '{group}', which nothing declares", Nearest.Hint(group, groups));
            if (node.Kind != NodeKind.Model) continue;
            CheckWord(node, problems);
            if (AccessOf(node) == "private" || restricted.Contains(node.Package)) closed[node.Id] = node;
        }
        if (closed.Count > 0) CheckReaders(nodes, closed, restricted, problems);
    }

    public static string AccessOf(ParsedNode node) => node.Config.Text("access") ?? "protected";

    private static void CheckWord(ParsedNode node, Problems problems)
    {
        var access = AccessOf(node);
        if (!Words.Contains(access)) problems.Add(ErrorCodes.InvalidValue, node.At, $"'{Excerpt.Of(access)}' is no access that the model '{node.Name}' could have", Nearest.Hint(access, Words));
        else if (access == "public" && node.IsEphemeral) problems.Add(ErrorCodes.InvalidValue, node.At, $"the model '{node.Name}' is ephemeral and cannot be public", "Others could not read it; materialize it or leave it protected.");
    }

    private static void CheckReaders(IReadOnlyList<ParsedNode> nodes, Dictionary<string, ParsedNode> closed, HashSet<string> restricted, Problems problems)
    {
        var byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var group = GroupOf(node, byId);
            foreach (var id in node.DependsOn)
            {
                if (closed.TryGetValue(id, out var target) && Refusal(node, group, target, restricted) is { } because)
                    problems.Add(ErrorCodes.AccessRefused, node.At, $"{node.Id} may not refer to {target.Id}: {because}", "Make the model public or protected, or join its group.");
            }
        }
    }

    private static string? Refusal(ParsedNode node, string? group, ParsedNode target, HashSet<string> restricted)
    {
        var isForeign = node.Package != target.Package && restricted.Contains(target.Package);
        var access = AccessOf(target);
        var owner = target.Config.Text("group");
        if (access == "private" && (group is null || group != owner || isForeign)) return owner is null ? "it is private and belongs to no group" : $"it is private to the group '{owner}'";
        return access == "protected" && isForeign ? $"it is protected, and the package '{target.Package}' restricts access" : null;
    }

    private static string? GroupOf(ParsedNode node, Dictionary<string, ParsedNode> byId) =>
        node.Config.Text("group") ?? ((node.Test?.AttachedTo ?? (node is { UnitTest: not null, DependsOn: [var first, ..] } ? first : null)) is { } subject ? byId.GetValueOrDefault(subject)?.Config.Text("group") : null);
}
