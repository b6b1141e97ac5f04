namespace Tributary.Connectors.Mongo;

/// <summary>
/// Collects documents into one <c>update</c> command after another, each an upsert by <c>_id</c>: one that arrives twice, because an answer was
/// lost, leaves the same. Memory is one command's, however many documents there are.
/// </summary>
internal sealed class BulkUpserts(MongoDatabase database, string collection)
{
    private const int MostDocuments = 2000;
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly BsonWriter command = new();
    private int count;

    /// <summary>Commands sent.</summary>
    public int Trips { get; private set; }

    public async ValueTask AddAsync(string id, BsonWriter document, CancellationToken cancel)
    {
        if (count > 0 && (count == MostDocuments || command.Length + document.Length > MostBytes)) await FlushAsync(cancel);
        if (count == 0) Begin();
        command.Begin(BsonWriter.Place(count)).Begin("q").Text("_id", id).End().Document("u", document.Written).Truth("upsert", true).End();
        count++;
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        if (count == 0) return;
        command.End().End();
        await database.RunAsync("update", command.Written.ToArray(), cancel);
        Trips++;
        count = 0;
    }

    private void Begin() => command.Clear().Begin().Text("update", collection).Truth("ordered", false).Document("writeConcern", MongoDatabase.Majority.ToBytes()).BeginList("updates");
}
