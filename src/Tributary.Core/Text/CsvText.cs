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

    /// <summary>Looks for what ends a field in a whole buffer at once: seeds of 100,000 rows are read twice while somebody waits.</summary>
    private sealed class Scanner(TextReader reader, string file, char delimiter, CsvLimits limits)
    {
        private readonly StringBuilder field = new();
        private readonly char[] buffer = new char[32 * 1024];
        private readonly string ends = $"{delimiter}\r\n";
        private int at;
        private int end;
        private int line = 1;
        private int width = 4;
        private bool started;

        public CsvRecord? Next()
        {
            if (!started && Peek() == '\uFEFF') at++;
            started = true;
            while (Peek() is '\r' or '\n') EndLine();
            if (Peek() < 0) return null;
            var first = line;
            var fields = new List<string>(width);
            do
            {
                fields.Add(Peek() == '"' ? Quoted() : Bare());
                if (fields.Count > limits.Fields) throw Refuse(ErrorCodes.LimitExceeded, first, $"the record has more than {limits.Fields} fields");
            }
            while (Delimiter());
            if (Peek() >= 0) EndLine();
            width = fields.Count;
            return new CsvRecord(first, fields);
        }

        /// <summary>-1 at the end.</summary>
        private int Peek()
        {
            if (at < end) return buffer[at];
            at = 0;
            end = reader.Read(buffer, 0, buffer.Length);
            return end == 0 ? -1 : buffer[0];
        }

        private bool Delimiter()
        {
            if (Peek() != delimiter) return false;
            at++;
            return true;
        }

        private string Bare()
        {
            field.Clear();
            while (Peek() >= 0)
            {
                var rest = buffer.AsSpan(at, end - at);
                var length = rest.IndexOfAny(ends);
                if (length >= 0 && field.Length == 0 && length <= limits.FieldCharacters)
                {
                    at += length;
                    return new string(rest[..length]);
                }
                Keep(length < 0 ? rest.Length : length, line);
                if (length >= 0) break;
            }
            return field.ToString();
        }

        private string Quoted()
        {
            field.Clear();
            var opened = line;
            at++;
            while (Peek() >= 0)
            {
                var rest = buffer.AsSpan(at, end - at);
                var length = rest.IndexOf('"');
                if (length < 0) length = rest.Length;
                line += rest[..length].Count('\n');
                Keep(length, opened);
                if (length == rest.Length) continue;
                at++;
                if (Peek() == '"') Keep(1, opened);
                else if (Peek() is < 0 or '\r' or '\n' || Peek() == delimiter) return field.ToString();
                else throw Refuse(ErrorCodes.CsvSyntax, line, $"field text goes on after its closing quote; expected '{delimiter}' or the line's end", "Double a quote (\"\") that belongs to the text.");
            }
            throw Refuse(ErrorCodes.CsvSyntax, opened, "a quote is opened here and never closed", "Close it, or double it (\"\") where it belongs to the text.");
        }

        /// <summary>Takes the next characters of the buffer into the field.</summary>
        private void Keep(int length, int opened)
        {
            if (field.Length + length > limits.FieldCharacters)
                throw Refuse(ErrorCodes.LimitExceeded, opened, $"a field holds more than {limits.FieldCharacters} characters", "Look for a quote that is not closed.");
            field.Append(buffer, at, length);
            at += length;
        }

        private void EndLine()
        {
            var isReturn = Peek() == '\r';
            at++;
            if (isReturn && Peek() == '\n') at++;
            line++;
        }

        private UserErrorException Refuse(string code, int at, string message, string? hint = null) =>
            new(code, new SourcePosition(file, at), message, hint);
    }
}
