using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Synthetic.Cht;

/// <summary>One database as NDJSON: a revision a line, for <c>_bulk_docs</c> with <c>new_edits: false</c>, so that a second time changes nothing.</summary>
internal sealed class DocumentFile(DirectoryInfo folder, string database, long seed) : IDisposable
{
    private readonly Stream _stream = new FileStream(Path.Combine(folder.FullName, $"{database}.ndjson"), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    private readonly JsonWriterOptions _form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Documents so far; further revisions do not count.</summary>
    public int Documents { get; private set; }

    /// <summary>Writes the first revision of a document.</summary>
    public void Add(string id, JsonObject body)
    {
        Documents++;
        Write(id, 1, body);
    }

    /// <summary>Writes a later revision; the ones before must have been written.</summary>
    public void Revise(string id, int generation, JsonObject body) => Write(id, generation, body);

    public void Delete(string id, int generation) => Write(id, generation, new JsonObject { ["_deleted"] = true });

    public void Dispose() => _stream.Dispose();

    private void Write(string id, int generation, JsonObject body)
    {
        body.Insert(0, "_id", id);
        body.Insert(1, "_rev", $"{generation}-{Hash(id, generation)}");
        if (generation > 1)
        {
            var hashes = Enumerable.Range(0, generation).Select(back => (JsonNode)Hash(id, generation - back)).ToArray();
            body.Insert(2, "_revisions", new JsonObject { ["start"] = generation, ["ids"] = new JsonArray(hashes) });
        }
        using (var json = new Utf8JsonWriter(_stream, _form)) body.WriteTo(json);
        _stream.WriteByte((byte)'\n');
    }

    private string Hash(string id, int generation) => Chance.Of(seed, $"rev {database} {id}", generation).Uuid().Replace("-", "", StringComparison.Ordinal);
}
