namespace Tributary.Core.Ingest.Formats;

/// <summary>A file with one resource a line. Blank lines hold no record.</summary>
internal sealed class FhirLines(FileContent content, string name, SourceStream stream) : FhirFile(content, name, stream)
{
    private readonly LineReader lines = new(content.Content, (int)stream.Source.Load.MaxRecordBytes.Bytes);

    public override FilePosition Position => new(Name, lines.Offset, lines.Lines, Records, Convert.ToHexStringLower(lines.HashSoFar()));

    private protected override long Lines => lines.Lines;

    private protected override async Task<bool> ReadAsync(RecordBatch batch, CancellationToken cancel)
    {
        do
        {
            while (lines.TryRead(out var line))
            {
                var document = DocumentOf(line);
                if (document.Length > 0 || line.IsOverSize) Add(batch, line, document);
                if (batch.IsFull) return true;
            }
        }
        while (await lines.FillAsync(cancel));
        return false;
    }

    private protected override async Task<bool> SkipAsync(FilePosition from, CancellationToken cancel)
    {
        Records = from.Records;
        return await lines.SkipAsync(from.Offset, from.Lines, cancel);
    }

    private protected override void DisposeReader() => lines.Dispose();

    private static ReadOnlySpan<byte> DocumentOf(in Line line)
    {
        var bytes = line.Bytes.Span;
        if (line.Offset == 0 && bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return bytes.Trim(" \t\r"u8);
    }
}
