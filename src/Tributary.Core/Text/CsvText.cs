using System.Text;

namespace Tributary.Core.Text;

/// <summary>
/// Reads the small CSV files of a project (seeds, questionnaire metadata): RFC 4180, a byte order mark and any line end
/// allowed, empty lines passed over. Streams, one record at a time. Errors: TRB0116 a broken quote, TRB0107 too large.
/// </summary>
public static class CsvText
{
    public static IEnumerable<CsvRecord> Read(string text, string fileName, char delimiter = ',') =>
        Read(new StringReader(text), fileName, delimiter);

    /// <summary>Reads until the reader's end; the caller keeps and disposes the reader.</summary>
    public static IEnumerable<CsvRecord> Read(TextReader reader, string fileName, char delimiter = ',', CsvLimits? limits = null)
    {
        var scanner = new Scanner(reader, fileName, delimiter, limits ?? CsvLimits.Default);
        while (scanner.Next() is { } record) yield return record;
    }

    private sealed class Scanner(TextReader reader, string file, char delimiter, CsvLimits limits)
    {
        private readonly StringBuilder field = new();
        private int line = 1;
        private bool started;

        public CsvRecord? Next()
        {
            if (!started && reader.Peek() == '\uFEFF') reader.Read();
            started = true;
            while (reader.Peek() is '\r' or '\n') EndLine();
            if (reader.Peek() < 0) return null;
            var first = line;
            var fields = new List<string>();
            do
            {
                fields.Add(reader.Peek() == '"' ? Quoted() : Bare());
                if (fields.Count > limits.Fields) throw Refuse(ErrorCodes.LimitExceeded, first, $"the record has more than {limits.Fields} fields");
            }
            while (Delimiter());
            if (reader.Peek() >= 0) EndLine();
            return new CsvRecord(first, fields);
        }

        private bool Delimiter()
        {
            if (reader.Peek() != delimiter) return false;
            reader.Read();
            return true;
        }

        private string Bare()
        {
            field.Clear();
            while (reader.Peek() is >= 0 and not '\r' and not '\n' and var next && next != delimiter) Keep(line);
            return field.ToString();
        }

        private string Quoted()
        {
            field.Clear();
            var opened = line;
            reader.Read();
            while (true)
            {
                switch (reader.Peek())
                {
                    case < 0:
                        throw Refuse(ErrorCodes.CsvSyntax, opened, "a quote is opened here and never closed", "Close it, or double it (\"\") where it belongs to the text.");
                    case '"':
                        reader.Read();
                        if (reader.Peek() == '"') Keep(opened);
                        else if (reader.Peek() is < 0 or '\r' or '\n' || reader.Peek() == delimiter) return field.ToString();
                        else throw Refuse(ErrorCodes.CsvSyntax, line, $"field text goes on after its closing quote; expected '{delimiter}' or the line's end", "Double a quote (\"\") that belongs to the text.");
                        break;
                    case '\n':
                        line++;
                        Keep(opened);
                        break;
                    default:
                        Keep(opened);
                        break;
                }
            }
        }

        private void Keep(int opened)
        {
            if (field.Length == limits.FieldCharacters)
                throw Refuse(ErrorCodes.LimitExceeded, opened, $"a field holds more than {limits.FieldCharacters} characters", "Look for a quote that is not closed.");
            field.Append((char)reader.Read());
        }

        private void EndLine()
        {
            if (reader.Read() == '\r' && reader.Peek() == '\n') reader.Read();
            line++;
        }

        private UserErrorException Refuse(string code, int at, string message, string? hint = null) =>
            new(code, new SourcePosition(file, at), message, hint);
    }
}
