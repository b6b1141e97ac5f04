namespace Tributary.Core.Models;

/// <summary>
/// The first rows of a query: values as PostgreSQL writes them; null is NULL. <paramref name="Values"/> are the same as values of JSON
/// (whole numbers, decimals, truths, texts).
/// </summary>
public sealed record QueryPreview(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, IReadOnlyList<IReadOnlyList<object?>> Values);
