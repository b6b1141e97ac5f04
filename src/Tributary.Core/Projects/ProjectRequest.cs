using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary>Which project to load, for which target, and what it may read: the environment and the kinds that this program knows.</summary>
public sealed record ProjectRequest(string Folder, EnvironmentVariables Environment, KindCatalog Kinds)
{
    /// <summary>The target's name; null: the project's default.</summary>
    public string? Target { get; init; }

    /// <summary><c>--vars</c> of the command line, which win over the project's.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();
}
