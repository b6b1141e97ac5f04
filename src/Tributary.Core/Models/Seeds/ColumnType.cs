namespace Tributary.Core.Models.Seeds;

/// <summary>
/// What a CSV column can be, in the order in which dbt (agate) tries it. Every value must fit; empty text and "null" fit all.
/// </summary>
internal enum ColumnType
{
    Number,
    Date,
    DateTime,
    IsoDateTime,
    Boolean,
    Text,
}
