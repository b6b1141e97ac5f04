using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>What properties say of a macro; <see cref="Arguments"/> are maps with <c>name</c>, <c>type</c> and <c>description</c>.</summary>
public sealed record MacroProperties(string Package, string Name, SourcePosition At)
{
    public string Description { get; init; } = "";

    public IReadOnlyList<object?> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = EmptyMap.Instance;

    public IReadOnlyDictionary<string, object?> Docs { get; init; } = EmptyMap.Instance;
}
