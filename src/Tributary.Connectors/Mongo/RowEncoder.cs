using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// Makes documents of rows: <c>_id</c>, the columns, and <c>_tributary</c>, which says whose slice and which generation a document is of. What
/// cannot be a document is refused by relation and column, never by its value.
/// </summary>
internal sealed class RowEncoder(DocumentPlan plan)
{
    /// <summary>MongoDB's limit of one document.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private readonly BsonWriter writer = new();
    private readonly int[] key = [.. plan.Collection.Key.Select(name => Array.FindIndex([.. plan.Columns], column => column.Name == name))];
    private readonly HashSet<string> objectIds = [.. plan.Collection.ObjectIds ?? []];

    /// <summary>The document's physical <c>_id</c>, and the document; its bytes are good until the next call.</summary>
    public (string Id, BsonWriter Document) Encode(DocumentSlice slice, object?[] row)
    {
        var id = IdOf(slice, row);
        var physical = $"{id}/{slice.Generation}";
        writer.Clear().Begin().Text("_id", physical);
        for (var i = 0; i < row.Length; i++) Write(plan.Columns[i], row[i]);
        writer.Begin("_tributary").Text("server", slice.Server).Long("generation", slice.Generation).Text("id", id);
        if (slice.Period is { } period) writer.Text("period", period).Integer("version", slice.Version);
        writer.Instant("published_at", slice.PublishedAt.ToUnixTimeMilliseconds()).End().End();
        if (writer.Length <= MostBytes) return (physical, writer);
        throw new UserErrorException(ErrorCodes.DocumentTooLarge, plan.Collection.At,
            $"A row of '{plan.Relation}' would become a document of {writer.Length} bytes; MongoDB takes {MostBytes}.",
            "Leave its largest column out, or split it into rows. Readers still see what they saw before.");
    }

    /// <summary>The same row has the same id in every generation: whoever reads remembers it. 128 bits of a hash, as text.</summary>
    private string IdOf(DocumentSlice slice, object?[] row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, slice.Server);
        Append(hash, slice.Period);
        foreach (var i in key) Append(hash, row[i] switch
        {
            null => null,
            byte[] bytes => Convert.ToHexString(bytes),
            var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        });
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static void Append(IncrementalHash hash, string? part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part?.Length ?? -1);
        hash.AppendData(length);
        hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
    }

    private void Write(DocumentColumn column, object? value)
    {
        switch (value, column.Type)
        {
            case (null, _): writer.Null(column.Name); break;
            case (bool truth, _): writer.Truth(column.Name, truth); break;
            case (int number, _): writer.Integer(column.Name, number); break;
            case (long instant, DocumentType.Instant): writer.Instant(column.Name, instant); break;
            case (long number, _): writer.Long(column.Name, number); break;
            case (double number, _): writer.Double(column.Name, number); break;
            case (byte[] bytes, _): writer.Bytes(column.Name, bytes); break;
            case (string text, DocumentType.Decimal):
                writer.Decimal(column.Name, Decimal128.Parse(text) ?? throw Refuse(column, "holds a number with more than 34 digits", "Round it in the model."));
                break;
            case (string json, DocumentType.Json): WriteJson(column, json); break;
            case (string text, _) when objectIds.Contains(column.Name): WriteObjectId(column, text); break;
            case (string text, _): writer.Text(column.Name, text); break;
            default: throw new NotSupportedException($"A {value.GetType()} cannot become the field '{column.Name}'.");
        }
    }

    private void WriteObjectId(DocumentColumn column, string text)
    {
        Span<byte> id = stackalloc byte[12];
        if (text.Length != 24 || Convert.FromHexString(text, id, out _, out _) != System.Buffers.OperationStatus.Done)
            throw Refuse(column, $"holds a text of {text.Length} characters that is no ObjectId", "An ObjectId has 24 hexadecimal digits; take the column out of `object_ids`.");
        writer.ObjectId(column.Name, id);
    }

    private void WriteJson(DocumentColumn column, string json)
    {
        try
        {
            JsonToBson.Write(writer, column.Name, json);
        }
        catch (InvalidDataException wrong)
        {
            throw Refuse(column, wrong.Message, "Mend it in the model.");
        }
    }

    private UserErrorException Refuse(DocumentColumn column, string found, string hint) =>
        new(ErrorCodes.DocumentInvalid, plan.Collection.At, $"Column '{column.Name}' of '{plan.Relation}' {found}. Readers still see what they saw before.", hint);
}
