using Tributary.Core.Ingest.Formats.Csv.Fields;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>A column that a file fills: from its field <paramref name="Source"/>, or with NULL when that is negative.</summary>
internal sealed record TableColumn(string Name, FieldWriter Writer, int Source, byte[][] Nulls, bool IsRequired, bool NullsBad, bool Repairs)
{
    /// <summary>Tells the column's values from those of others in a row's hash.</summary>
    public uint Id { get; } = RowHash.IdOf(Name);
}
