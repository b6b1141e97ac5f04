namespace Tributary.Core.Models;

/// <summary>The first rows of a query, each value in PostgreSQL's own text form; null is NULL.</summary>
public sealed record QueryPreview(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);
