namespace Tributary.Core.Text.Csv;

/// <summary>What came of a look at one record.</summary>
internal enum CsvOutcome
{
    Record,

    /// <summary>A line without anything.</summary>
    Blank,

    /// <summary>The record does not end in the bytes at hand.</summary>
    NeedsMore,

    /// <summary>A quote went on over lines in a way that no record does.</summary>
    Broken,

    OverSize,
    TooManyFields,
}
