using Tributary.Connectors.Mongo;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>
/// Collections of a MongoDB database, or of a server that speaks its protocol. What charts read under a collection's name is a view of the
/// newest whole state of every server that fills it.
/// </summary>
[Kind("mongodb")]
[Description("Collections of a MongoDB database, for those who chart there.")]
public sealed record MongoDb(
    SourcePosition At,
    [Given] string Name,
    [Description("The connection string, mongodb:// or mongodb+srv://, with login and TLS, as ${NAME}.")] Secret Connection,
    [Description("The servers that the connection string may name: names or globs.")][OneOrMany] IReadOnlyList<string> Hosts,
    [Description("The database.")] string Database,
    [Description("This server's name: its slice of each collection. Servers that share a database need different ones.")] string Server,
    [Description("The tracks that it may hold: pii, anon, metrics.")][OneOrMany] IReadOnlyList<Track> Tracks,
    [Description("Allow a server on another machine without TLS: everybody on the way can read what passes.")] bool AllowPlain = false,
    [Description("Only production targets may export to it.")] bool Production = false)
    : DocumentDestination(At, Name, Server, Tracks, Production), IValidated
{
    /// <summary>Where a server names the members of its replica set, to which the driver would go on.</summary>
    private static readonly string[] MemberLists = ["hosts", "passives", "arbiters"];

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Hosts.Count == 0) check.Refuse("hosts", "nobody may be written to", "Name the hosts of the connection string.");
        if (!MongoNames.Server().IsMatch(Server)) check.Refuse("server", "a name of 1 to 40 letters, digits, _ and -");
        if (!MongoNames.Database().IsMatch(Database)) check.Refuse("database", "a name of 1 to 38 letters, digits, _ and -");
    }

    public override string Place => $"mongodb://{string.Join(',', Address?.Hosts ?? [])}/{Database}/";

    private MongoAddress? Address => MongoAddress.Parse(Connection.Reveal());

    public override string? FindWrong(CollectionConfig collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (!MongoNames.Collection().IsMatch(collection.Collection)) return "its name has 1 to 80 letters, digits, _ and -, and begins with a letter";
        return collection.Collection == "tributary" ? "the name `tributary` is ours" : null;
    }

    public override async Task<DocumentCollection> OpenAsync(DocumentPlan plan, CancellationToken cancel)
    {
        var database = await ConnectAsync(cancel);
        try
        {
            return await MongoCollection.OpenAsync(database, plan, Server, TimeProvider.System, cancel);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public override async Task<IReadOnlyList<DocumentSlice>> CountAsync(string collection, CancellationToken cancel)
    {
        using var database = await ConnectAsync(cancel);
        var states = await new SliceStates(database, "").ReadAsync(collection, cancel);
        var generations = states.FirstOrDefault(state => state.Server == Server)?.Slices.Select(slice => slice.Generation).ToList() ?? [];
        var servers = states.Where(state => state.Slices.Count > 0).Select(state => state.Server).ToList();
        if (generations.Count == 0 || !await new MongoViews(database, collection, At).IsShownAsync(Server, generations, servers, cancel)) return [];
        var counted = await MongoCollection.CountAsync(database, collection, Server, generations, cancel);
        return [.. states.First(state => state.Server == Server).Slices.Select(slice => slice with { Documents = counted.GetValueOrDefault(slice.Generation) })];
    }

    public override async Task ReachAsync(CancellationToken cancel)
    {
        using var database = await ConnectAsync(cancel);
        await new SliceStates(database, "").ReadAsync("", cancel);
    }

    /// <summary>Connects, and refuses before anything is sent: hosts that are not allowed, those that a replica set names among them.</summary>
    private async Task<MongoDatabase> ConnectAsync(CancellationToken cancel)
    {
        if (Address is not { } address)
            throw new UserErrorException(ErrorCodes.InvalidValue, At, $"The connection string of '{Name}' does not begin with mongodb:// or mongodb+srv://, or names no host.", "It is not shown here, for it holds a password.");
        RequireAllowed(address.Hosts);
        if (!address.HasTls && !AllowPlain && address.Hosts.FirstOrDefault(host => !MongoAddress.IsHere(host)) is { } far)
            throw new UserErrorException(ErrorCodes.HostRefused, At, $"'{Name}' would reach {far} without TLS.", "Add tls=true to the connection string; `allow_plain: true` says that it is meant.");
        var where = string.Join(',', address.Hosts);
        var database = new MongoDatabase(MongoClient.Create(Connection.Reveal(), Database, where, At), where, TimeProvider.System);
        try
        {
            var hello = await database.RunAsync(new Bson(("hello", 1)), cancel);
            RequireAllowed(MemberLists.SelectMany(list => hello[list] as IReadOnlyList<object?> ?? []).OfType<string>().Select(MongoAddress.HostOf));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void RequireAllowed(IEnumerable<string> hosts)
    {
        if (MongoAddress.FindForeign(hosts, Hosts) is { } foreign)
            throw new UserErrorException(ErrorCodes.HostRefused, At, $"The connection string of '{Name}' leads to {foreign}, which `hosts:` does not allow.", "Nothing was sent. Add the host when it is meant, or correct the variable.");
    }
}
