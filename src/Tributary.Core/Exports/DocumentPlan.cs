namespace Tributary.Core.Exports;

/// <summary>What becomes of a relation's rows: the collection, and the columns that become fields, in order.</summary>
public sealed record DocumentPlan(CollectionConfig Collection, string Relation, IReadOnlyList<DocumentColumn> Columns);

/// <summary>A field of the documents.</summary>
public sealed record DocumentColumn(string Name, DocumentType Type);

/// <summary>What kind of value a field has, and the form in which rows carry it.</summary>
public enum DocumentType
{
    /// <summary>As <see cref="bool"/>.</summary>
    Truth,

    /// <summary>As <see cref="int"/>.</summary>
    Integer,

    /// <summary>As <see cref="long"/>.</summary>
    Long,

    /// <summary>As <see cref="double"/>.</summary>
    Double,

    /// <summary>An exact number, as text.</summary>
    Decimal,

    /// <summary>As <see cref="string"/>.</summary>
    Text,

    /// <summary>An instant, as milliseconds since 1970 in UTC; a day is its midnight.</summary>
    Instant,

    /// <summary>A nested document or list, as JSON text.</summary>
    Json,

    /// <summary>As an array of <see cref="byte"/>.</summary>
    Bytes,
}
