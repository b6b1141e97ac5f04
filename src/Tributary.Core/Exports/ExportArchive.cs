using System.IO.Compression;
using Npgsql;

namespace Tributary.Core.Exports;

/// <summary>
/// The ZIP of an export, written front to back: entries in a fixed order with the as-of instant as their time, so that
/// the same content is the same file. Entries over 4 GB are ZIP64.
/// </summary>
internal sealed class ExportArchive : IAsyncDisposable
{
    private readonly ZipArchive zip;
    private readonly DateTimeOffset time;

    private ExportArchive(ZipArchive zip, DateTimeOffset time)
    {
        this.zip = zip;
        this.time = time;
    }

    /// <summary>Finishes the ZIP when disposed; <paramref name="target"/> stays open.</summary>
    public static async Task<ExportArchive> CreateAsync(Stream target, DateTimeOffset asOf, CancellationToken cancel) =>
        new(await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel), asOf);

    /// <summary>One CSV file from a COPY statement. <paramref name="progress"/> gets the rows and bytes of this file so far.</summary>
    public async Task<(long Rows, long Bytes, string Sha256)> AddCsvAsync(
        string name, NpgsqlConnection connection, string copy, CsvLineEnd lineEnd, Action<long, long> progress, CancellationToken cancel)
    {
        using var source = new CsvSource(lineEnd, progress);
        await using (var entry = await OpenAsync(name, cancel)) await source.CopyToAsync(entry, connection, copy, cancel);
        return (source.Rows, source.Bytes, source.Sha256);
    }

    public async Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await using var entry = await OpenAsync(name, cancel);
        await entry.WriteAsync(content, cancel);
    }

    private async Task<Stream> OpenAsync(string name, CancellationToken cancel)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(time.UtcDateTime, TimeSpan.Zero);
        entry.ExternalAttributes = Convert.ToInt32("100600", 8) << 16; // a plain file for its user alone, as unzip will make it
        return await entry.OpenAsync(cancel);
    }

    public ValueTask DisposeAsync() => zip.DisposeAsync();
}
