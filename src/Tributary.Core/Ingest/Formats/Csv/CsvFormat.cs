using System.Text;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Csv;

namespace Tributary.Core.Ingest.Formats.Csv;

/// <summary>How the CSV files of a source or of one of its datasets are written.</summary>
public sealed record CsvFormat(
    [Description("Text that means NULL, beside an empty field without quotes.")][OneOrMany][Default("[]")] IReadOnlyList<string> Nulls,
    [Description("What stands between fields: one character; tab is written \"\\t\".")] string Delimiter = ",",
    [Description("What stands around fields: one character.")] string Quote = "\"",
    [Description("utf8, windows1252 or latin1 (ISO 8859-1).")] CsvEncoding Encoding = CsvEncoding.Utf8,
    [Description("A record with another number of fields than the header: reject, or pad (missing fields at the end are NULL, empty ones too many are left out).")]
    Ragged Ragged = Ragged.Reject,
    [Description("A quoted field with a quote that is not doubled: reject, or keep it as text.")] StrayQuotes StrayQuotes = StrayQuotes.Reject) : IValidated
{
    public static CsvFormat Default { get; } = new([]);

    internal CsvDialect Dialect => new((byte)Delimiter[0], (byte)Quote[0]);

    internal byte[][] NullWords => [.. Nulls.Select(System.Text.Encoding.UTF8.GetBytes)];

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (!IsMark(Delimiter)) check.Refuse("delimiter", "expected one ASCII character that is no line end");
        if (!IsMark(Quote)) check.Refuse("quote", "expected one ASCII character that is no line end");
        if (Delimiter == Quote) check.Refuse("quote", "delimiter and quote are the same character");
    }

    private static bool IsMark(string text) => text.Length == 1 && Ascii.IsValid(text) && text[0] is not ('\r' or '\n' or '\0');
}

/// <summary>The bytes of a text file.</summary>
public enum CsvEncoding
{
    Utf8,
    Windows1252,
    Latin1,
}

/// <summary>What becomes of a record with too many fields or too few.</summary>
public enum Ragged
{
    Reject,
    Pad,
}

/// <summary>What becomes of a record with a quote that is not doubled.</summary>
public enum StrayQuotes
{
    Reject,
    Keep,
}
