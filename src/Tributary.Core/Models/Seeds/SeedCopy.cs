using System.Buffers;
using System.Text;
using Npgsql;

namespace Tributary.Core.Models.Seeds;

/// <summary>Writes rows of a seed to PostgreSQL in COPY's text form, as bytes, a block at a time.</summary>
internal sealed class SeedCopy(NpgsqlCopyTextWriter copy, TimeZoneInfo zone) : IDisposable
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\\t\n\r");

    private readonly byte[] block = new byte[128 * 1024];
    private int filled;
    private bool isDone;

    /// <summary>One row; what the record does not have is NULL.</summary>
    public void Write(SeedReader record, IReadOnlyList<SeedColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) Put((byte)'\t');
            if (i >= record.Count || ColumnTypes.IsNull(record[i])) Put("\\N");
            else PutText(columns[i].Write(record[i], zone));
        }
        Put((byte)'\n');
    }

    /// <summary>Sends the rest and hears what the server says of all of it.</summary>
    public void Complete()
    {
        copy.BaseStream.Write(block, 0, filled);
        isDone = true;
        copy.Dispose();
    }

    /// <summary>Without <see cref="Complete"/> the server takes nothing.</summary>
    public void Dispose()
    {
        if (isDone) return;
        try
        {
            copy.Cancel();
        }
        catch (NpgsqlException)
        {
            // What broke it is under way to the caller.
        }
    }

    private void PutText(ReadOnlySpan<char> text)
    {
        for (var special = text.IndexOfAny(Special); special >= 0; special = text.IndexOfAny(Special))
        {
            Put(text[..special]);
            Put((byte)'\\');
            Put((byte)(text[special] switch { '\t' => 't', '\n' => 'n', '\r' => 'r', var c => c }));
            text = text[(special + 1)..];
        }
        Put(text);
    }

    private void Put(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var piece = text.Length > 8192 ? text[..(char.IsHighSurrogate(text[8191]) ? 8191 : 8192)] : text;
            Require(piece.Length * 3);
            filled += Encoding.UTF8.GetBytes(piece, block.AsSpan(filled));
            text = text[piece.Length..];
        }
    }

    private void Put(byte value)
    {
        Require(1);
        block[filled++] = value;
    }

    private void Require(int bytes)
    {
        if (filled + bytes <= block.Length) return;
        copy.BaseStream.Write(block, 0, filled);
        filled = 0;
    }
}
