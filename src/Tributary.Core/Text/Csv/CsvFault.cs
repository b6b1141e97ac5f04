namespace Tributary.Core.Text.Csv;

/// <summary>What is wrong with the form of a record.</summary>
public enum CsvFault
{
    None,

    /// <summary>A quote inside a quoted field that is not doubled; the record was read on, with the quote as text.</summary>
    StrayQuote,

    /// <summary>A quote was opened and not closed where a record could end; the stretch ends before the next line that parses.</summary>
    UnclosedQuote,

    /// <summary>A field or the record is larger than its limit.</summary>
    OverSize,

    /// <summary>More fields than the limit.</summary>
    TooManyFields,
}
