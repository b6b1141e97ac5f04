using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// One server's slices of one collection. The order of steps is what keeps readers safe: the new generations are complete and counted before
/// the state names them, the state names them before the view shows them, and the old go last. Interrupted anywhere, the next writer
/// finishes what the state says and removes what nobody names.
/// </summary>
internal sealed class MongoCollection : DocumentCollection
{
    private readonly MongoDatabase database;
    private readonly SliceStates states;
    private readonly MongoViews views;
    private readonly TimeProvider clock;
    private readonly DocumentPlan plan;
    private readonly RowEncoder encoder;
    private readonly BulkUpserts bulk;
    private readonly string documents;
    private SliceState state;
    private DocumentSlice[] begun = [];
    private IReadOnlyList<DocumentSlice> standing = [];

    private MongoCollection(MongoDatabase database, SliceStates states, SliceState state, DocumentPlan plan, TimeProvider clock)
    {
        (this.database, this.states, this.state, this.plan, this.clock) = (database, states, state, plan, clock);
        documents = MongoNames.Documents(plan.Collection.Collection);
        views = new MongoViews(database, plan.Collection.Collection, plan.Collection.At);
        encoder = new RowEncoder(plan);
        bulk = new BulkUpserts(database, documents);
    }

    public override IReadOnlyList<DocumentSlice> Standing => standing;

    /// <summary>Finishes what an interrupted writer had decided already.</summary>
    public static async Task<MongoCollection> OpenAsync(MongoDatabase database, DocumentPlan plan, string server, TimeProvider clock, CancellationToken cancel)
    {
        var states = new SliceStates(database, Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12)));
        var name = plan.Collection.Collection;
        var state = (await states.ReadAsync(name, cancel)).FirstOrDefault(state => state.Server == server) ?? new SliceState(name, server, 0, 1, []);
        var collection = new MongoCollection(database, states, state, plan, clock);
        await collection.views.RequireOursAsync(cancel);
        await collection.EnsureIndexesAsync(cancel);
        if (state.Slices.Count > 0) await collection.ShowAsync(cancel);
        await collection.LookAsync(cancel);
        return collection;
    }

    public override async Task BeginAsync(IReadOnlyList<DocumentSlice> slices, CancellationToken cancel)
    {
        await RemoveUnnamedAsync(cancel);
        var first = state.NextGeneration;
        var now = clock.GetUtcNow();
        begun = [.. slices.Select((slice, i) => slice with
        {
            Bytes = 0,
            Generation = first + i,
            Version = 1 + (state.Slices.FirstOrDefault(old => old.Period == slice.Period)?.Version ?? 0),
            PublishedAt = now,
        })];
        await ReplaceStateAsync(state with { NextGeneration = first + slices.Count }, cancel);
    }

    public override async ValueTask AddAsync(int slice, object?[] row, CancellationToken cancel)
    {
        var (id, document) = encoder.Encode(begun[slice], row);
        begun[slice] = begun[slice] with { Bytes = begun[slice].Bytes + document.Length };
        await bulk.AddAsync(id, document, cancel);
    }

    public override async Task<IReadOnlyList<DocumentSlice>> PublishAsync(CancellationToken cancel)
    {
        await bulk.FlushAsync(cancel);
        var arrived = await CountAsync(database, plan.Collection.Collection, state.Server, begun.Select(slice => slice.Generation), cancel);
        if (begun.FirstOrDefault(slice => arrived.GetValueOrDefault(slice.Generation) != slice.Documents) is { } short_)
            throw new IOException($"{database.Place} holds {arrived.GetValueOrDefault(short_.Generation)} documents of a slice of '{short_.Collection}' and {short_.Documents} were sent");
        var stays = state.Slices.Where(old => !begun.Any(slice => slice.Period == old.Period || (slice.Period is null) != (old.Period is null)));
        await ReplaceStateAsync(state with { Slices = [.. stays.Concat(begun).OrderBy(slice => slice.Period, StringComparer.Ordinal)] }, cancel);
        await ShowAsync(cancel);
        await RemoveUnnamedAsync(cancel);
        return state.Slices;
    }

    public override ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Documents by generation, as the server counts them.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> CountAsync(MongoDatabase database, string collection, string server, IEnumerable<long> generations, CancellationToken cancel)
    {
        var match = new Bson(("_tributary.server", server), ("_tributary.generation", new Bson(("$in", generations.Cast<object?>().ToList()))));
        var group = new Bson(("_id", "$_tributary.generation"), ("n", new Bson(("$sum", 1))));
        var command = new Bson(
            ("aggregate", MongoNames.Documents(collection)), ("pipeline", new object?[] { new Bson(("$match", match)), new Bson(("$group", group)) }),
            ("cursor", new Bson()), ("readConcern", new Bson(("level", "majority"))));
        return (await database.ReadAsync(command, MongoNames.Documents(collection), cancel)).ToDictionary(row => row.Number("_id"), row => row.Number("n"));
    }

    /// <summary>A slice of which others took documents away does not stand: it is written again.</summary>
    private async Task LookAsync(CancellationToken cancel)
    {
        var counted = await CountAsync(database, state.Collection, state.Server, state.Slices.Select(slice => slice.Generation), cancel);
        standing = [.. state.Slices.Where(slice => counted.GetValueOrDefault(slice.Generation) == slice.Documents)];
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        await views.ShowAsync(state.Server, state.Slices.Select(slice => slice.Generation), cancel);
        // A server that joined since the list was read would be left out: it is read again until it holds.
        for (IReadOnlyList<string>? joined = null; ;)
        {
            var servers = (await states.ReadAsync(state.Collection, cancel)).Where(other => other.Slices.Count > 0).Select(other => other.Server).ToList();
            if (joined is not null && servers.SequenceEqual(joined)) return;
            if (!await views.JoinAsync(servers, cancel)) return;
            joined = servers;
        }
    }

    private async Task ReplaceStateAsync(SliceState wanted, CancellationToken cancel) => state = await states.ReplaceAsync(wanted, cancel)
        ?? throw new UserErrorException(ErrorCodes.CollectionTaken, plan.Collection.At,
            $"Somebody else writes the slice '{state.Server}' of '{state.Collection}' at {database.Place}; this export stopped, and readers see what that one shows.",
            "Give each server a `server:` of its own in the destination. If another node of this server was at work, export again.");

    /// <summary>Removes this server's documents that no slice names: replaced ones, and what interrupted writers left.</summary>
    private async Task RemoveUnnamedAsync(CancellationToken cancel)
    {
        var named = new Bson(("$nin", state.Slices.Select(slice => (object?)slice.Generation).ToList()));
        await database.RunAsync(new Bson(
            ("delete", documents), ("ordered", true), ("writeConcern", MongoDatabase.Majority),
            ("deletes", new object?[] { new Bson(("q", new Bson(("_tributary.server", state.Server), ("_tributary.generation", named))), ("limit", 0)) })), cancel);
    }

    private async Task EnsureIndexesAsync(CancellationToken cancel)
    {
        var own = new Bson(("key", new Bson(("_tributary.server", 1), ("_tributary.generation", 1))), ("name", "tributary_slice"));
        var declared = (plan.Collection.Indexes ?? []).Select(index => new Bson(
            ("key", new Bson(index.Keys.Select(key => (key.Key, (object?)key.Value)))), ("name", index.RealName)));
        try
        {
            await database.RunAsync(new Bson(("createIndexes", documents), ("indexes", declared.Prepend(own).Cast<object?>().ToList()), ("writeConcern", MongoDatabase.Majority)), cancel);
        }
        catch (MongoRefusedException refused) when (refused.Code is MongoFailure.IndexOptionsConflict or MongoFailure.IndexKeysConflict)
        {
            throw new UserErrorException(ErrorCodes.IndexConflict, plan.Collection.At,
                $"An index that is declared for '{plan.Collection.Collection}' is there already with other fields, or under another name ({refused.Code}).",
                $"Look at the indexes of '{documents}'. Indexes of others are never dropped: rename yours, or drop the other one by hand.");
        }
    }
}
