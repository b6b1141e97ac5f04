using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tributary.Cli.Views;

/// <summary>Writes rows of JSON values as a JSON array, as NDJSON or as CSV (RFC 4180, with a header).</summary>
internal sealed class RowWriter(TextWriter output, string format, IReadOnlyList<string> columns)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> keys = [.. columns.Select(column => JsonSerializer.Serialize(column, Plain))];
    private long count;

    public static readonly string[] Formats = ["json", "ndjson", "csv"];

    public void Begin()
    {
        if (format == "json") output.Write('[');
        if (format == "csv") output.Write(string.Join(',', columns.Select(Quoted)) + "\r\n");
    }

    public void Write(string?[] row)
    {
        var separator = format == "json" ? count++ == 0 ? "\n" : ",\n" : "";
        if (format == "csv") output.Write(string.Join(',', row.Select(value => Quoted(Text(value)))) + "\r\n");
        else output.Write($"{separator}{{{string.Join(',', row.Select((value, i) => $"{keys[i]}:{value ?? "null"}"))}}}{(format == "ndjson" ? "\n" : "")}");
    }

    public void End()
    {
        if (format == "json") output.Write(count == 0 ? "]\n" : "\n]\n");
    }

    /// <summary>A text without its quotes; anything else as JSON.</summary>
    private static string Text(string? json) => json is null ? "" : json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json; // a JSON text is a string

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : new StringBuilder(text).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
}
