using Tributary.Core.Text;

namespace Tributary.Core.Models.Files;

/// <summary>A column as properties YAML describes it. <see cref="Class"/> says what it reveals (<c>meta.tributary.class</c>).</summary>
public sealed record ColumnProperties(string Name, SourcePosition At)
{
    public string Description { get; init; } = "";

    public string? DataType { get; init; }

    public bool Quote { get; init; }

    public string? Class { get; init; }

    /// <summary>Maps with <c>type</c>, <c>expression</c>, <c>name</c> … as written.</summary>
    public IReadOnlyList<object?> Constraints { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = EmptyMap.Instance;

    public IReadOnlyList<TestDeclaration> Tests { get; init; } = [];
}
