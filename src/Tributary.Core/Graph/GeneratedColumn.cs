namespace Tributary.Core.Graph;

/// <summary>
/// A column of a generated model: name, description, PostgreSQL type when known, class (what it reveals; null = not
/// classed) and generic tests by name (<c>not_null</c>, <c>unique</c>).
/// </summary>
public sealed record GeneratedColumn(
    string Name,
    string Description = "",
    string? DataType = null,
    string? Class = null,
    IReadOnlyList<string>? Tests = null);
