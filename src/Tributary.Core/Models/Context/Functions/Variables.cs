using Tributary.Core.Models.Files;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>
/// The variables that a node of a package sees. Strongest first: the command line, the project's for that package, the
/// project's, the package's own for itself, the package's own.
/// </summary>
internal sealed class Variables(ModelSettings settings, DbtProject? root, DbtProject? own, string package)
{
    public bool TryGet(string name, out object? value)
    {
        if (settings.Vars.TryGetValue(name, out value)) return true;
        return TryIn(root, name, out value) || (own != root && TryIn(own, name, out value));
    }

    public IEnumerable<string> Names => settings.Vars.Keys
        .Concat(root?.Vars.Keys ?? []).Concat(own?.Vars.Keys ?? []).Distinct();

    private bool TryIn(DbtProject? project, string name, out object? value)
    {
        value = null;
        if (project is null) return false;
        if (project.Vars.GetValueOrDefault(package) is IReadOnlyDictionary<string, object?> scoped && scoped.TryGetValue(name, out value)) return true;
        return project.Vars.TryGetValue(name, out value);
    }
}
