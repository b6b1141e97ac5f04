using System.Security.Cryptography;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Postgres;

namespace Tributary.Bench;

/// <summary>
/// The limit of a load: one binary COPY, one transaction, of documents that need no parsing and no hashing here because key and
/// hash are known beforehand. Reads the file line by line, as any loader must.
/// </summary>
internal sealed class BareCopy
{
    private readonly List<(string Id, DateTime? LastUpdated, byte[] Hash)> rows = [];
    private readonly string file;

    public BareCopy(string file)
    {
        this.file = file;
        foreach (var line in File.ReadLines(file))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(line);
            FhirResource.Read(bytes, "Observation", out var key, out _);
            rows.Add((key.Id, key.LastUpdated, SHA256.HashData(bytes)[..16]));
        }
    }

    public int Rows => rows.Count;

    public async Task RunAsync(Database database, Relation table)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var content = File.OpenRead(file);
        using var lines = new LineReader(content, 16_000_000);
        await using var copy = await BinaryCopy.BeginAsync(
            connection, table, ["id", "resource", "_airbyte_extracted_at", "_version", "_last_updated", "_load", "_deleted", "_hash"], CancellationToken.None);
        var number = 0;
        do
        {
            while (lines.TryRead(out var line))
            {
                Write(copy, line.Bytes.Span, rows[number++]);
                if (copy.IsFull) await copy.FlushAsync(CancellationToken.None);
            }
        }
        while (await lines.FillAsync(CancellationToken.None));
        await copy.CompleteAsync(CancellationToken.None);
    }

    private static void Write(BinaryCopy copy, ReadOnlySpan<byte> document, (string Id, DateTime? LastUpdated, byte[] Hash) row)
    {
        copy.StartRow();
        copy.Text(row.Id);
        copy.Jsonb(document);
        copy.Timestamp(DateTimeOffset.UnixEpoch);
        copy.Text("1"u8);
        copy.Timestamp(row.LastUpdated);
        copy.Bigint(1);
        copy.Boolean(false);
        copy.Bytes(row.Hash);
    }
}
