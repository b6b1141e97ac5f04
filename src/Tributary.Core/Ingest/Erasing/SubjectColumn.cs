using Tributary.Core.Ingest.Formats.Csv;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>
/// The column of a dataset that says whose its records are. <paramref name="Space"/>: empty where it holds the subject itself, else the dataset
/// whose key it holds; values of different spaces are never compared.
/// </summary>
public sealed record SubjectColumn(string Name, string Space, FieldType Type)
{
    /// <summary>The subject itself.</summary>
    public const string Itself = "";

    internal static bool CanBe(FieldType type) => type is FieldType.Text or FieldType.Smallint or FieldType.Integer or FieldType.Bigint or FieldType.Uuid;
}
