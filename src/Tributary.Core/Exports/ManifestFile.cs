namespace Tributary.Core.Exports;

/// <summary>One CSV file of an export: its relation, rows without the header, size and hash, row order and columns.</summary>
public sealed record ManifestFile(
    string File,
    string Relation,
    long Rows,
    long Bytes,
    string Sha256,
    IReadOnlyList<string> OrderBy,
    IReadOnlyList<ManifestColumn> Columns);

/// <summary>A column with its PostgreSQL type.</summary>
public sealed record ManifestColumn(string Name, string Type);
