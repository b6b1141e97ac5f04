using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// Macros of the project and its packages whose text is not the one of an earlier manifest, and who uses them, through other
/// macros too. The engine's own are left out: dbt's differ from them, and a new engine is no change of the project.
/// </summary>
internal sealed class ChangedMacros(ParsedProject project, EarlierManifest earlier)
{
    private readonly Lazy<HashSet<string>> changed = new(() => Find(project, earlier));
    private readonly Dictionary<string, bool> reaches = new(StringComparer.Ordinal);

    public bool IsUsedBy(string id)
    {
        if (changed.Value.Count == 0 || project.Find(id) is not { } node) return false;
        foreach (var macro in MacroCalls.Of(node, project.Macros))
        {
            if (macro is string called && Reaches(called)) return true;
        }
        return false;
    }

    private static HashSet<string> Find(ParsedProject project, EarlierManifest earlier)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var macro in project.Macros.All)
        {
            if (macro.Package == EmbeddedMacros.Package) continue;
            var then = earlier.Macros.TryGetValue(macro.Id, out var entry) ? entry.Text("macro_sql") : null;
            if (then?.Trim() != macro.Macro.Text.Trim()) changed.Add(macro.Id);
        }
        return changed;
    }

    private bool Reaches(string id)
    {
        if (reaches.TryGetValue(id, out var known)) return known;
        reaches[id] = false; // a macro that calls itself
        var answer = changed.Value.Contains(id);
        if (!answer && id.Split('.', 3) is [_, var package, var name] && project.Macros.FindIn(package, name) is { } macro)
        {
            foreach (var called in MacroCalls.In(macro.Macro.Body, package, project.Macros))
            {
                if (Reaches(called.Id)) { answer = true; break; }
            }
        }
        return reaches[id] = answer;
    }
}
