using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>How the CSV files of an export are written; always RFC 4180 with a header, in UTF-8.</summary>
public sealed record CsvOptions(
    [Description("What happens to text that a spreadsheet would run as a formula (starts with = + - @, tab or CR, and is no number): escape puts ' before it, keep leaves it.")]
    CsvFormula Formula = CsvFormula.Escape,
    [Description("The end of a row: crlf, as RFC 4180 says, or lf.")] CsvLineEnd LineEnd = CsvLineEnd.Crlf);

/// <summary>The policy for text that a spreadsheet would run.</summary>
public enum CsvFormula
{
    Escape,
    Keep,
}

/// <summary>How a row ends.</summary>
public enum CsvLineEnd
{
    Crlf,
    Lf,
}
