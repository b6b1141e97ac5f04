namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>A column's name, and its type as <c>format_type</c> writes it.</summary>
internal readonly record struct CatalogColumn(string Name, string Type);
