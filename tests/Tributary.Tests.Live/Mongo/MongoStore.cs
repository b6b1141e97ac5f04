using Tributary.Connectors.Mongo;

namespace Tributary.Tests.Live.Mongo;

/// <summary>The documents, views and indexes of one database, and the commands on them; each command sees and leaves a whole state.</summary>
internal sealed class MongoStore
{
    private readonly Dictionary<string, Dictionary<string, Bson>> collections = [];
    private readonly Dictionary<string, Bson> views = [];
    private readonly Dictionary<string, List<Bson>> indexes = [];
    private readonly Lock gate = new();

    public int Updates { get; private set; }

    public static Bson Refused(long code) => new(("ok", 0.0), ("code", (int)code), ("codeName", $"Code{code}"), ("errmsg", "value-of-a-patient must never be repeated"));

    /// <summary>What a reader of a collection or view gets, in no order.</summary>
    public IReadOnlyList<Bson> Read(string name)
    {
        lock (gate) return [.. Resolve(name)];
    }

    public IReadOnlyList<Bson> Indexes(string collection)
    {
        lock (gate) return [.. indexes.GetValueOrDefault(collection) ?? []];
    }

    /// <summary>As if somebody else had put a document there.</summary>
    public void Put(string collection, Bson document)
    {
        lock (gate) In(collection)[KeyOf(document["_id"])] = document;
    }

    public Bson Run(Bson command, bool onlyHalf)
    {
        lock (gate)
        {
            var (name, argument) = command.Fields[0];
            var on = argument as string ?? "";
            return name switch
            {
                "update" => Update(on, [.. command.Documents("updates")], onlyHalf),
                "insert" => Insert(on, [.. command.Documents("documents")]),
                "delete" => Delete(on, command.Documents("deletes")),
                "find" => Cursor(on, MongoPipeline.Match(Resolve(on), command["filter"] as Bson ?? new Bson())),
                "aggregate" => Cursor(on, MongoPipeline.Run(Resolve(on), command.Documents("pipeline"), Resolve)),
                "createIndexes" => CreateIndexes(on, command.Documents("indexes")),
                "create" => Define(on, command, mustBeNew: true),
                "collMod" => Define(on, command, mustBeNew: false),
                "listCollections" => List((command["filter"] as Bson)?.Text("name")),
                _ => Refused(59),
            };
        }
    }

    private Dictionary<string, Bson> In(string collection) => collections.TryGetValue(collection, out var found) ? found : collections[collection] = [];

    private IEnumerable<Bson> Resolve(string name) => views.TryGetValue(name, out var view)
        ? MongoPipeline.Run(Resolve(view.Text("viewOn")!), view.Documents("pipeline"), Resolve)
        : collections.TryGetValue(name, out var found) ? found.Values : [];

    private Bson Update(string collection, List<Bson> updates, bool onlyHalf)
    {
        Updates++;
        var (changed, wrong) = (0, new List<object?>());
        foreach (var (update, place) in updates.Take(onlyHalf ? updates.Count / 2 : updates.Count).Select((update, place) => (update, place)))
        {
            var document = (Bson)update["u"]!;
            if (document.ToBytes().Length > 16 * 1024 * 1024)
            {
                wrong.Add(new Bson(("index", place), ("code", 10334), ("errmsg", "value-of-a-patient")));
                continue;
            }
            var key = KeyOf(((Bson)update["q"]!)["_id"]);
            var matches = In(collection).TryGetValue(key, out var old) && MongoPipeline.IsMatch(old, (Bson)update["q"]!);
            if (!matches && old is not null && update["upsert"] is true) wrong.Add(new Bson(("index", place), ("code", 11000), ("errmsg", "value-of-a-patient")));
            else if (matches || update["upsert"] is true)
            {
                In(collection)[key] = document;
                changed++;
            }
        }
        List<(string, object?)> answer = [("n", changed), ("nModified", changed), ("ok", 1.0)];
        if (wrong.Count > 0) answer.Add(("writeErrors", wrong));
        return new Bson(answer);
    }

    private Bson Insert(string collection, List<Bson> documents)
    {
        foreach (var document in documents)
        {
            if (!In(collection).TryAdd(KeyOf(document["_id"]), document)) return new Bson(("n", 0), ("writeErrors", new object?[] { new Bson(("index", 0), ("code", 11000)) }), ("ok", 1.0));
        }
        return new Bson(("n", documents.Count), ("ok", 1.0));
    }

    private Bson Delete(string collection, IEnumerable<Bson> deletes)
    {
        var gone = deletes.SelectMany(delete => MongoPipeline.Match(In(collection).Values, (Bson)delete["q"]!)).Select(document => KeyOf(document["_id"])).ToList();
        foreach (var key in gone) In(collection).Remove(key);
        return new Bson(("n", gone.Count), ("ok", 1.0));
    }

    private static Bson Cursor(string collection, IEnumerable<Bson> found) =>
        new(("cursor", new Bson(("firstBatch", found.Cast<object?>().ToList()), ("id", 0L), ("ns", $"db.{collection}"))), ("ok", 1.0));

    private Bson CreateIndexes(string collection, IEnumerable<Bson> wanted)
    {
        var known = indexes.TryGetValue(collection, out var found) ? found : indexes[collection] = [];
        foreach (var index in wanted)
        {
            var sameName = known.Find(other => other.Text("name") == index.Text("name"));
            var sameKeys = known.Find(other => ((Bson)other["key"]!).ToBytes().AsSpan().SequenceEqual(((Bson)index["key"]!).ToBytes()));
            if (sameName is not null && sameName != sameKeys) return Refused(86);
            if (sameKeys is not null && sameKeys.Text("name") != index.Text("name")) return Refused(85);
            if (sameName is null) known.Add(index);
        }
        In(collection);
        return new Bson(("ok", 1.0));
    }

    private Bson Define(string name, Bson command, bool mustBeNew)
    {
        if (mustBeNew && (views.ContainsKey(name) || collections.ContainsKey(name))) return Refused(48);
        if (!mustBeNew && !views.ContainsKey(name)) return Refused(collections.ContainsKey(name) ? 166 : 26);
        views[name] = new Bson(("viewOn", command["viewOn"]), ("pipeline", command["pipeline"]));
        return new Bson(("ok", 1.0));
    }

    private Bson List(string? name)
    {
        var found = views.Select(view => new Bson(("name", view.Key), ("type", "view"), ("options", view.Value)))
            .Concat(collections.Keys.Select(collection => new Bson(("name", collection), ("type", "collection"), ("options", new Bson()))));
        return Cursor("$cmd.listCollections", found.Where(entry => name is null || entry.Text("name") == name));
    }

    private static string KeyOf(object? id) => Convert.ToHexString(new Bson(("_id", id)).ToBytes());
}
