using Tributary.Core.Exports;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// What a server shows of a collection, as <c>tributary.slices</c> remembers it: the slices with their generations. Each server writes only
/// its own document, and only on the revision that it read: of two writers one loses.
/// </summary>
internal sealed record SliceState(string Collection, string Server, long Revision, long NextGeneration, IReadOnlyList<DocumentSlice> Slices)
{
    public string Id => $"{Collection}/{Server}";

    public static SliceState Read(Bson document) => new(
        document.Text("collection") ?? "", document.Text("server") ?? "", document.Number("revision"), document.Number("next_generation"),
        [.. document.Documents("slices").Select(slice => new DocumentSlice(
            document.Text("collection") ?? "", document.Text("server") ?? "", slice.Text("period"), slice.Text("digest") ?? "", slice.Number("documents"),
            slice.Number("bytes"), slice.Number("generation"), (int)slice.Number("version"), slice["published_at"] is DateTimeOffset at ? at : default))]);

    /// <summary>The command that puts this in place of what was read; <paramref name="token"/> tells our own write again when its answer was lost.</summary>
    public Bson Replace(string token) => new(
        ("update", MongoNames.State),
        ("ordered", true),
        ("writeConcern", MongoDatabase.Majority),
        ("updates", new object?[]
        {
            new Bson(("q", new Bson(("_id", Id), ("revision", Revision))), ("u", ToDocument(token)), ("upsert", Revision == 0)),
        }));

    private Bson ToDocument(string token) => new(
        ("_id", Id), ("collection", Collection), ("server", Server), ("revision", Revision + 1), ("next_generation", NextGeneration), ("token", token),
        ("slices", Slices.Select(slice => (object?)new Bson(
            ("period", slice.Period), ("generation", slice.Generation), ("version", slice.Version), ("documents", slice.Documents), ("bytes", slice.Bytes),
            ("digest", slice.Digest), ("published_at", slice.PublishedAt))).ToList()));
}
