using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>
/// A generic test as properties YAML asks for it: <paramref name="Name"/> with its package's name when that is given,
/// arguments as written (Jinja in them unrendered), and configuration.
/// </summary>
public sealed record TestDeclaration(string Name, string? Namespace, SourcePosition At)
{
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = EmptyMap.Instance;

    public IReadOnlyDictionary<string, object?> Config { get; init; } = EmptyMap.Instance;

    /// <summary>The name that the user gave the test itself.</summary>
    public string? GivenName { get; init; }

    public string Description { get; init; } = "";
}
