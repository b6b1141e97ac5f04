using Tributary.Core.Text;

namespace Tributary.Core.Models.Seeds;

/// <summary>
/// Reads a seed record by record as Python's csv module does, because dbt does: a quote counts only where a field begins, text may
/// follow a closed one, an empty line is a record without fields, and every line end is a line feed. Streams; the fields of a record
/// are parts of one buffer.
/// </summary>
internal sealed class SeedReader(TextReader reader, string file, char delimiter)
{
    private readonly char[] block = new char[32 * 1024];
    private readonly List<int> ends = [];
    private char[] text = new char[4096];
    private int length;
    private int at;
    private int filled;
    private int line;
    private bool isAfterReturn;

    /// <summary>The fields of the record.</summary>
    public int Count => ends.Count;

    /// <summary>The line on which the record begins.</summary>
    public int Line { get; private set; }

    public ReadOnlySpan<char> this[int field]
    {
        get
        {
            var start = field == 0 ? 0 : ends[field - 1];
            return text.AsSpan(start, ends[field] - start);
        }
    }

    /// <summary>False at the end of the file.</summary>
    public bool Next()
    {
        ends.Clear();
        length = 0;
        Line = line + 1;
        if (!TryRead(out var next)) return false;
        if (next == '\n') return true;
        while (ReadField(ref next))
        {
            if (TryRead(out next)) continue;
            ends.Add(length); // the file ends behind a delimiter
            break;
        }
        return true;
    }

    /// <summary>Reads one field that begins with <paramref name="next"/>; true when another follows.</summary>
    private bool ReadField(ref char next)
    {
        var isMore = next == '"' ? ReadQuoted(ref next) : true;
        while (isMore && next != delimiter && next != '\n')
        {
            Keep(next);
            KeepPlain();
            isMore = TryRead(out next);
        }
        ends.Add(length);
        return isMore && next == delimiter;
    }

    /// <summary>Takes the text between quotes; <paramref name="next"/> is what follows the closing one. False when the file ends.</summary>
    private bool ReadQuoted(ref char next)
    {
        while (TryRead(out next))
        {
            if (next != '"')
            {
                Keep(next);
                continue;
            }
            if (!TryRead(out next)) return false;
            if (next != '"') return true;
            Keep('"');
        }
        return false;
    }

    /// <summary>Takes what stands in the block up to the next character that could end the field.</summary>
    private void KeepPlain()
    {
        var rest = block.AsSpan(at, filled - at);
        var plain = rest.IndexOfAny(delimiter, '\n', '\r');
        if (plain < 0) plain = rest.Length;
        if (length + plain > text.Length) Grow(length + plain);
        rest[..plain].CopyTo(text.AsSpan(length));
        length += plain;
        at += plain;
    }

    private void Keep(char c)
    {
        if (length == text.Length) Grow(length + 1);
        text[length++] = c;
    }

    private void Grow(int wanted)
    {
        if (wanted > CsvLimits.Default.FieldBytes * 4L)
            throw new UserErrorException(ErrorCodes.LimitExceeded, new SourcePosition(file, Line), "a record is too large", "Look for a quote that is not closed.");
        Array.Resize(ref text, Math.Max(text.Length * 2, wanted));
    }

    private bool TryRead(out char next)
    {
        while (true)
        {
            if (at == filled)
            {
                filled = reader.Read(block, 0, block.Length);
                at = 0;
                if (filled <= 0)
                {
                    filled = 0;
                    next = '\0';
                    return false;
                }
            }
            next = block[at++];
            if (next == '\n' && isAfterReturn)
            {
                isAfterReturn = false;
                continue;
            }
            isAfterReturn = next == '\r';
            if (isAfterReturn) next = '\n';
            if (next == '\n') line++;
            return true;
        }
    }
}
