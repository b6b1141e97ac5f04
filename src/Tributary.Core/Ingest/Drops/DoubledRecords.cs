using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Text;
using Tributary.Core.Text.Csv;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Reads a file again for the bytes of a few of its records, which only the server found to be doubled.</summary>
internal static class DoubledRecords
{
    private const int MostKept = 10_000;

    public static async Task<IReadOnlyList<Reject>> FindAsync(
        DropSource source, DropFile file, CsvFormat format, CsvLimits limits, HashSet<long> lines, CancellationToken cancel)
    {
        var found = new List<Reject>();
        await using var content = await DropFileContent.OpenAsync(source, file, cancel);
        using var reader = new CsvReader(content.Content, format.Dialect, limits);
        var isMore = true;
        while (isMore && found.Count < Math.Min(lines.Count, MostKept))
        {
            while (reader.TryRead())
            {
                if (reader.Width == 0) reader.Width = reader.Fields;
                if (found.Count == MostKept || !lines.Contains(reader.RecordLine)) continue;
                const string detail = "another record of the drop has the same key, and is newer or stands behind it";
                found.Add(new Reject(file.Path, reader.RecordLine, reader.RecordOffset, reader.RecordLength, RejectReason.DuplicateKey, detail, reader.Record.ToArray(), IsNote: true));
            }
            isMore = await reader.FillAsync(cancel);
        }
        return found;
    }
}
