using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Csv;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>Reads a sample of CSV and proposes its declaration. What comes out is names and types, never a value.</summary>
public sealed class DatasetGuess
{
    private const int MostRecords = 200_000;
    private const int Head = 64 * 1024;

    private readonly string name;
    private readonly List<ColumnGuess> columns = [];
    private CsvDialect dialect = CsvDialect.Default;
    private CsvEncoding encoding = CsvEncoding.Utf8;
    private long records;
    private long bad;

    private DatasetGuess(string name) => this.name = name;

    /// <summary>Reads up to 200,000 records of the file; throws TRB0116 when it has no header.</summary>
    public static async Task<DatasetGuess> OfAsync(string path, CancellationToken cancel)
    {
        var guess = new DatasetGuess(Path.GetFileName(path));
        await guess.LookAsync(path, cancel);
        await using var content = Open(path);
        using var reader = new CsvReader(content, guess.dialect, CsvLimits.Default);
        await using var nowhere = BinaryCopy.Nowhere();
        do
        {
            while (guess.records < MostRecords && reader.TryRead()) guess.See(nowhere, reader);
        }
        while (guess.records < MostRecords && await reader.FillAsync(cancel));
        return guess.columns.Count > 0 ? guess
            : throw new UserErrorException(ErrorCodes.CsvSyntax, new SourcePosition(path, 1), "the file has no header that can be read", "Its first line must name the columns.");
    }

    /// <summary>The declaration as an entry of <c>datasets:</c>, indented.</summary>
    public string ToYaml()
    {
        var text = new StringBuilder();
        var stem = name.Split('.')[0];
        text.Append(CultureInfo.InvariantCulture, $"  {HeaderMap.NameOf(stem)}:                  # {records} records of {name}{(bad > 0 ? $", {bad} of them damaged" : "")}\n");
        if (!string.Equals(HeaderMap.NameOf(stem), stem, StringComparison.OrdinalIgnoreCase)) text.Append(CultureInfo.InvariantCulture, $"    files: {Quote(stem + ".csv")}\n");
        if (columns.Find(column => column.IsUnique && column.HasValues) is { } key) text.Append(CultureInfo.InvariantCulture, $"    key: {Quote(key.Name)}\n");
        text.Append("    disposition: replace     # merge, when drops hold only what changed\n");
        if (dialect.Delimiter != ',' || encoding != CsvEncoding.Utf8) text.Append(CultureInfo.InvariantCulture, $"    csv: {{ delimiter: \"{(dialect.Delimiter == '\t' ? "\\t" : (char)dialect.Delimiter)}\", encoding: {Identifier.Snake(encoding.ToString())} }}\n");
        text.Append("    columns:\n");
        foreach (var column in columns.Where(column => column.Header.Length > 0)) text.Append(CultureInfo.InvariantCulture, $"      {Quote(column.Name)}: {Declaration(column)}\n");
        return text.ToString();
    }

    private static string Declaration(ColumnGuess column)
    {
        var parts = new List<string>();
        if (!string.Equals(column.Header, column.Name, StringComparison.OrdinalIgnoreCase)) parts.Add($"header: {Quote(column.Header)}");
        if (column.Type != FieldType.Text) parts.Add($"type: {Identifier.Snake(column.Type.ToString())}");
        if (column.Forms.Count > 0) parts.Add($"formats: {Quote(column.Forms[0])}");
        var doubt = column.Forms.Count > 1 ? $"   # the sample fits {string.Join(", ", column.Forms.Skip(1))} too: choose" : "";
        return (parts.Count == 0 ? "{}" : $"{{ {string.Join(", ", parts)} }}") + (column.HasValues ? doubt : "   # no values in the sample");
    }

    private void See(BinaryCopy nowhere, CsvReader reader)
    {
        if (columns.Count == 0)
        {
            for (var i = 0; i < reader.Fields; i++) columns.Add(new ColumnGuess(TextOf(reader.Field(i)).Trim()));
            reader.Width = columns.Count;
            return;
        }
        records++;
        if (reader.Fault != CsvFault.None || reader.Fields != columns.Count || reader.Record.Span.Contains((byte)0))
        {
            bad++;
            return;
        }
        for (var i = 0; i < columns.Count; i++) columns[i].See(nowhere, reader.Field(i));
    }

    // Which delimiter stands most often in the first line, and whether the beginning is UTF-8.
    private async Task LookAsync(string path, CancellationToken cancel)
    {
        await using var content = Open(path);
        var head = new byte[Head];
        var length = await content.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, cancel);
        var bytes = head.AsMemory(0, length);
        var last = bytes.Span.LastIndexOf((byte)'\n');
        if (!Utf8.IsValid(bytes.Span[..Math.Max(last, 0)])) encoding = CsvEncoding.Windows1252;
        var line = bytes.Span[..CsvScanner.LineEnd(bytes.Span, atEnd: true, out _)];
        var best = 0;
        foreach (var mark in ",;\t|"u8)
        {
            if (line.Count(mark) <= best) continue;
            best = line.Count(mark);
            dialect = new CsvDialect(mark, (byte)'"');
        }
    }

    private string TextOf(ReadOnlySpan<byte> field) => new FieldText(encoding).TryRead(field, out var text) ? Encoding.UTF8.GetString(text) : "";

    private static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>As YAML wants it: bare when nothing in it means anything.</summary>
    private static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') && !char.IsDigit(text[0]) && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off")
            ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
