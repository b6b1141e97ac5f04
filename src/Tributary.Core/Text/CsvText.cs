using System.Text;
using Tributary.Core.Text.Csv;

namespace Tributary.Core.Text;

/// <summary>
/// Reads the small CSV files of a project (unit test fixtures, questionnaire metadata) with the reader of CSV drops, and refuses what is
/// wrong with them. One record at a time. Errors: TRB0116 a broken quote, TRB0107 too large.
/// </summary>
public static class CsvText
{
    public static IEnumerable<CsvRecord> Read(string text, string fileName, char delimiter = ',', CsvLimits? limits = null)
    {
        var known = limits ?? CsvLimits.Default;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var reader = new CsvReader(content, new CsvDialect((byte)delimiter), known);
        do
        {
            while (reader.TryRead())
            {
                if (reader.Fault != CsvFault.None) throw Refuse(reader, fileName, delimiter, known);
                yield return RecordOf(reader);
            }
        }
        while (reader.Fill());
    }

    private static CsvRecord RecordOf(CsvReader reader)
    {
        var fields = new string[reader.Fields];
        for (var i = 0; i < fields.Length; i++) fields[i] = Encoding.UTF8.GetString(reader.Field(i));
        return new CsvRecord((int)reader.RecordLine, fields);
    }

    private static UserErrorException Refuse(CsvReader reader, string file, char delimiter, CsvLimits limits)
    {
        var at = new SourcePosition(file, (int)reader.RecordLine);
        return reader.Fault switch
        {
            CsvFault.StrayQuote => new(ErrorCodes.CsvSyntax, at, $"field text goes on after its closing quote; expected '{delimiter}' or the line's end", "Double a quote (\"\") that belongs to the text."),
            CsvFault.TooManyFields => new(ErrorCodes.LimitExceeded, at, $"the record has more than {limits.Fields} fields"),
            CsvFault.UnclosedQuote when reader.RecordLength <= limits.FieldBytes => new(ErrorCodes.CsvSyntax, at, "a quote is opened here and never closed", "Close it, or double it (\"\") where it belongs to the text."),
            _ => new(ErrorCodes.LimitExceeded, at, $"a field holds more than {limits.FieldBytes} bytes", "Look for a quote that is not closed."),
        };
    }
}
