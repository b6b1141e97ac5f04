using System.Text.Json.Serialization;

namespace Tributary.Core.Exports;

/// <summary>
/// One CSV file of an export, or one slice of a collection: its relation, rows without the header, size and hash, row order and columns.
/// </summary>
public sealed record ManifestFile(
    string File,
    string Relation,
    long Rows,
    long Bytes,
    string Sha256,
    IReadOnlyList<string> OrderBy,
    IReadOnlyList<ManifestColumn> Columns,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DocumentSlice? Slice = null);

/// <summary>A column with its PostgreSQL type.</summary>
public sealed record ManifestColumn(string Name, string Type);
