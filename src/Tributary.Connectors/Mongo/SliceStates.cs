namespace Tributary.Connectors.Mongo;

/// <summary>Reads and replaces the documents of <c>tributary.slices</c>.</summary>
internal sealed class SliceStates(MongoDatabase database, string token)
{
    /// <summary>Those of all servers of a collection.</summary>
    public async Task<IReadOnlyList<SliceState>> ReadAsync(string collection, CancellationToken cancel)
    {
        var find = new Bson(("find", MongoNames.State), ("filter", new Bson(("collection", collection))), ("readConcern", new Bson(("level", "majority"))));
        return [.. (await database.ReadAsync(find, MongoNames.State, cancel)).Select(SliceState.Read).OrderBy(state => state.Server, StringComparer.Ordinal)];
    }

    /// <summary>Puts the state in place; returns it with its new revision, or null when somebody else was faster.</summary>
    public async Task<SliceState?> ReplaceAsync(SliceState state, CancellationToken cancel)
    {
        try
        {
            var answer = await database.RunAsync(state.Replace(token), cancel);
            if (answer.Number("n") == 1) return state with { Revision = state.Revision + 1 };
        }
        catch (MongoRefusedException refused) when (refused.Code == MongoFailure.DuplicateKey)
        {
            // Somebody made the first state, perhaps we ourselves before the answer was lost.
        }
        var find = new Bson(
            ("find", MongoNames.State), ("filter", new Bson(("_id", state.Id), ("revision", state.Revision + 1), ("token", token))), ("limit", 1), ("singleBatch", true),
            ("readConcern", new Bson(("level", "majority"))));
        return (await database.ReadAsync(find, MongoNames.State, cancel)).Count == 1 ? state with { Revision = state.Revision + 1 } : null;
    }
}
