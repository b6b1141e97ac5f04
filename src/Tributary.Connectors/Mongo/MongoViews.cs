using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// What readers see. Each server has a view of its own that names its current generations, so that it switches them by one <c>collMod</c> and
/// never writes what others wrote; the view under the collection's own name joins those of all servers.
/// </summary>
internal sealed class MongoViews(MongoDatabase database, string collection, SourcePosition at)
{
    /// <summary>Makes the view of a server show these generations and nothing else.</summary>
    public Task ShowAsync(string server, IEnumerable<long> generations, CancellationToken cancel) =>
        PutAsync(MongoNames.Slice(collection, server), OfSlice(server, generations), cancel);

    /// <summary>Whether readers see these generations of a server.</summary>
    public async Task<bool> IsShownAsync(string server, IEnumerable<long> generations, IReadOnlyList<string> servers, CancellationToken cancel) =>
        IsAs(await FindAsync(MongoNames.Slice(collection, server), cancel), OfSlice(server, generations)) && IsAs(await FindAsync(collection, cancel), OfAll(servers));

    /// <summary>Makes the readers' view join these servers. False when it did already.</summary>
    public Task<bool> JoinAsync(IReadOnlyList<string> servers, CancellationToken cancel) => PutAsync(collection, OfAll(servers), cancel);

    /// <summary>Refuses a collection of others under the readers' name, before anything is written.</summary>
    public async Task RequireOursAsync(CancellationToken cancel)
    {
        if (await FindAsync(collection, cancel) is not { } found) return;
        var isOurs = found.Text("type") == "view" && found["options"] is Bson options
            && options.Text("viewOn")?.StartsWith(MongoNames.Documents(collection) + ".", StringComparison.Ordinal) == true;
        if (isOurs) return;
        throw new UserErrorException(ErrorCodes.CollectionTaken, at,
            $"'{collection}' is there already at {database.Place} and was made by others; readers are to find a view of ours under this name.",
            "Rename or drop it once (in the shell: db.NAME.renameCollection(\"NAME_before\")), then export again. Nothing was changed.");
    }

    private Bson OfSlice(string server, IEnumerable<long> generations) => new(
        ("viewOn", MongoNames.Documents(collection)),
        ("pipeline", new object?[]
        {
            new Bson(("$match", new Bson(("_tributary.server", server), ("_tributary.generation", new Bson(("$in", generations.Order().Cast<object?>().ToList())))))),
            new Bson(("$set", new Bson(("_id", "$_tributary.id")))),
            new Bson(("$unset", new object?[] { "_tributary.id", "_tributary.generation" })),
        }));

    private Bson OfAll(IReadOnlyList<string> servers) => new(
        ("viewOn", MongoNames.Slice(collection, servers[0])),
        ("pipeline", servers.Skip(1).Select(server => (object?)new Bson(("$unionWith", MongoNames.Slice(collection, server)))).ToList()));

    private async Task<bool> PutAsync(string name, Bson view, CancellationToken cancel)
    {
        var found = await FindAsync(name, cancel);
        if (IsAs(found, view)) return false;
        try
        {
            await database.RunAsync(Define(found is null ? "create" : "collMod", name, view), cancel);
        }
        catch (MongoRefusedException refused) when (found is null && refused.Code == MongoFailure.NamespaceExists)
        {
            // It was made before the answer was lost, or by another server in this moment.
            await database.RunAsync(Define("collMod", name, view), cancel);
        }
        return true;
    }

    private static Bson Define(string command, string name, Bson view) => new([(command, name), .. view.Fields, ("writeConcern", MongoDatabase.Majority)]);

    private static bool IsAs(Bson? found, Bson view) => found?["options"] is Bson options
        && new Bson(("viewOn", options["viewOn"]), ("pipeline", options["pipeline"])).ToBytes().AsSpan().SequenceEqual(view.ToBytes());

    private async Task<Bson?> FindAsync(string name, CancellationToken cancel) =>
        (await database.ReadAsync(new Bson(("listCollections", 1), ("filter", new Bson(("name", name)))), "$cmd.listCollections", cancel)) is [var found, ..] ? found : null;
}
