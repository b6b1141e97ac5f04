namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// The method <c>fqn:</c>: the name alone, or package, folders and name from the left, with or without the package, any
/// prefix of them; from the first part with a wildcard on, the pattern is held against all that remains.
/// </summary>
internal static class QualifiedNames
{
    public static bool Matches(Selectable item, string wanted)
    {
        if (item.Fqn.Count == 0) return false;
        var isVersioned = item.Version is not null && item.ResourceType == "model";
        var parts = wanted.Split('.');
        if (IsName(item.Fqn, wanted, parts, isVersioned)) return true;
        return Fits(item.Fqn, 0, parts) || (item.Fqn.Count > 1 && Fits(item.Fqn, 1, parts));
    }

    private static bool IsName(IReadOnlyList<string> fqn, string wanted, string[] parts, bool isVersioned)
    {
        if (!isVersioned) return fqn[^1] == wanted;
        if (fqn.Count < 2) return false;
        if (fqn[^2] == wanted) return true;
        // model.v2 and model_v2 both name one version.
        var given = parts.Length > 1 ? $"{parts[^2]}_{parts[^1]}" : wanted;
        return $"{fqn[^2]}_{fqn[^1]}" == given;
    }

    private static bool Fits(IReadOnlyList<string> fqn, int from, string[] wanted)
    {
        var flat = Flat(fqn, from);
        if (flat.Count < wanted.Length) return false;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (NamePattern.HasWildcard(wanted[i]))
                return NamePattern.Matches(string.Join('.', flat.Skip(i)), string.Join('.', wanted.AsSpan(i)!));
            if (flat[i] != wanted[i]) return false;
        }
        return true;
    }

    /// <summary>A dot within a name counts as one between names.</summary>
    private static List<string> Flat(IReadOnlyList<string> fqn, int from)
    {
        var flat = new List<string>(fqn.Count);
        for (var i = from; i < fqn.Count; i++)
        {
            if (fqn[i].Contains('.')) flat.AddRange(fqn[i].Split('.'));
            else flat.Add(fqn[i]);
        }
        return flat;
    }
}
