using Npgsql;

namespace Tributary.Core.Postgres;

/// <summary>Reads what <c>COPY … TO STDOUT</c> writes in text or CSV form, as bytes and without copying it through strings.</summary>
public static class CopyOut
{
    /// <summary>
    /// <paramref name="copy"/> is the whole COPY statement. The connection is busy until the stream is disposed; disposed before its
    /// end, the statement is taken back.
    /// </summary>
    public static async Task<Stream> OpenAsync(NpgsqlConnection connection, string copy, CancellationToken cancel)
    {
        var reader = await connection.BeginTextExportAsync(copy, cancel);
        // Npgsql's reader is a StreamReader over the raw copy stream, and nothing has been read from it yet.
        return ((StreamReader)reader).BaseStream;
    }
}
