using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// Commands to one database, tried again when the network or a server stumbles: every one that is sent here leaves the same when it
/// arrives twice.
/// </summary>
internal sealed class MongoDatabase(MongoClient client, string place, TimeProvider clock) : IDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Every write waits until most of a replica set has it: what was counted cannot be rolled back.</summary>
    public static readonly Bson Majority = new(("w", "majority"));

    public string Place => place;

    public Task<Bson> RunAsync(Bson command, CancellationToken cancel) => RunAsync(command.Fields[0].Name, command.ToBytes(), cancel);

    public async Task<Bson> RunAsync(string what, ReadOnlyMemory<byte> command, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var answer = await Task.Run(() => client.Run(what, command.Span), CancellationToken.None); // the driver blocks
                RefuseHalf(what, answer);
                return answer;
            }
            catch (TransientException) when (attempt < Attempts)
            {
                await Task.Delay(FirstWait * (1 << (attempt - 1)), clock, cancel);
            }
        }
    }

    /// <summary>All documents that a find, aggregate or listCollections gives; only for answers that are small by nature.</summary>
    public async Task<IReadOnlyList<Bson>> ReadAsync(Bson command, string collection, CancellationToken cancel)
    {
        var found = new List<Bson>();
        var answer = await RunAsync(command, cancel);
        var batch = "firstBatch";
        while (answer["cursor"] is Bson cursor)
        {
            found.AddRange(cursor.Documents(batch));
            if (cursor.Number("id") is not (not 0 and var id)) break;
            answer = await RunAsync(new Bson(("getMore", id), ("collection", collection)), cancel);
            batch = "nextBatch";
        }
        return found;
    }

    public void Dispose() => client.Dispose();

    private void RefuseHalf(string what, Bson answer)
    {
        if (answer.Documents("writeErrors").FirstOrDefault() is { } wrong) throw MongoFailure.OfCode(what, place, wrong.Number("code"));
        if (answer["writeConcernError"] is Bson unsure) throw MongoFailure.OfCode(what, place, unsure.Number("code"), unsure.Text("codeName"));
    }
}
