namespace Tributary.Core.Ingest.Formats.Csv;

/// <summary>The PostgreSQL type of a column that comes from text.</summary>
public enum FieldType
{
    Text,
    Smallint,
    Integer,
    Bigint,
    Numeric,
    Double,
    Boolean,
    Date,
    Timestamp,
    Timestamptz,
    Uuid,

    /// <summary>Kept as jsonb.</summary>
    Json,
}
