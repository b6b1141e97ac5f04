using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tributary.Connectors.Couch;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using FilePath = System.IO.Path;

namespace Tributary.Connectors;

/// <summary>
/// Databases of a CouchDB server, each a stream of its own: a first copy by pages of the changes feed, then what changed since. The server's
/// documents arrive as they are, without the secrets of user documents.
/// </summary>
[Kind("couchdb")]
[Description("Databases of a CouchDB server, by their changes feeds.")]
public sealed partial record CouchDb(
    [Given] string Name,
    [Given] string ProjectFolder,
    SourcePosition At,
    [Description("The server's address, without user and password.")] string Url,
    [Description("The databases to copy, as a list or with settings of their own.")][Names] IReadOnlyDictionary<string, StreamSettings?> Streams,
    [Inline] LoadSettings Load,
    [Description("Top-level keys of documents that never arrive; the secrets of user documents never do.")][Default("[]")] IReadOnlyList<string> LeaveOut,
    [Description("Roles that a proxy gives the user.")][Default("[]")] IReadOnlyList<string> Roles,
    [Description("How long the server may be silent in the middle of an answer.")][Default("60s")] TimeSpan Timeout,
    [Description("How often a quiet feed must give a sign of life.")][Default("10s")] TimeSpan Heartbeat,
    [Description("How often to ask where the feed is not live.")][Default("5s")] TimeSpan Poll,
    [Description("How much to ask for at once; the number of documents follows from their size.")][Default("32 MB")] ByteSize PageBytes,
    [Description("Who asks.")] string? User = null,
    [Description("The user's password, as ${NAME}.")] Secret? Password = null,
    [Description("With auth jwt the token, with auth proxy the proxy's token, as ${NAME}.")] Secret? Token = null,
    [Description("basic, session (a cookie), jwt or proxy.")] CouchAuth Auth = CouchAuth.Basic,
    [Description("The certificate (PEM) of the authority that signed the server's, relative to the project.")] string? CaFile = null,
    [Description("Allow http:// to another machine: everybody on the way can read what passes.")] bool AllowHttp = false,
    [Description("What stands in the source column of a shared raw table; {host} and {stream} stand for themselves.")] string Label = "{host}/{stream}",
    [Description("What becomes of _attachments: stubs (names, types and digests), none, or data (the files themselves, in base64).")] CouchAttachments Attachments = CouchAttachments.Stubs,
    [Description("How changes are followed: auto, continuous, longpoll or poll.")] CouchFeed Feed = CouchFeed.Auto,
    [Description("The most documents to ask for at once.")] int PageRows = 10_000,
    [Description("What to do when the database is not the one that was copied before: stop, or copy_again.")] WhenReplaced WhenReplaced = WhenReplaced.Stop)
    : DocumentSource(Name, At, Load)
{
    /// <summary>Waits that a server asks for go by it; tests put another in.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal Uri Server => new(Url.TrimEnd('/') + "/");

    internal string Host => new Uri(Url).Authority;

    internal string? CaPath => CaFile is null ? null : FilePath.GetFullPath(FilePath.Combine(ProjectFolder, CaFile));

    internal string AttachmentOption => Attachments == CouchAttachments.Data ? "&attachments=true" : "";

    internal static string PathOf(string database) => Uri.EscapeDataString(database);

    public override IReadOnlyList<SourceStream> ListStreams() =>
        [.. Streams.Select(entry => new SourceStream(this, entry.Key, entry.Value ?? new StreamSettings()))];

    public override string LabelOf(SourceStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var host = Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.Host : "";
        return Label.Replace("{host}", host, StringComparison.Ordinal).Replace("{stream}", stream.Name, StringComparison.Ordinal);
    }

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        CheckAddress(check);
        CheckAuth(check);
        foreach (var database in Streams.Keys.Where(name => !DatabaseName().IsMatch(name)))
            check.Refuse("streams", $"'{(database.Length > 60 ? database[..60] + "…" : database)}' is no name of a CouchDB database", "Names are lower case: a letter or _, then letters, digits and _$()+-/.");
        foreach (var stream in ListStreams().Where(stream => stream.Disposition != Disposition.Merge))
            check.Refuse("streams", $"{stream.Name} has disposition {stream.Disposition}; a changes feed tells the same document again and again, so it needs merge");
        if (PageRows is < 1 or > 1_000_000) check.Refuse("page_rows", "expected 1 to 1000000");
        if (Timeout < TimeSpan.FromSeconds(1)) check.Refuse("timeout", "expected 1s or more");
        if (Heartbeat < TimeSpan.FromMilliseconds(100)) check.Refuse("heartbeat", "expected 100ms or more");
        if (Poll < TimeSpan.FromMilliseconds(100)) check.Refuse("poll", "expected 100ms or more");
    }

    public override async Task<string?> LookAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(checkpoint);
        using var client = new CouchClient(this);
        var state = await DatabaseState.AskAsync(client, this, stream.Name, cancel);
        if (CouchPosition.Parse(checkpoint.Position) is not { } position) return "it was never read";
        if (state.WhyReplaced(position) is { } why) return $"the database was replaced: {why}";
        if (state.Purges != position.Purges) return "documents were purged";
        var path = $"{PathOf(stream.Name)}/_changes?limit=1&since={Uri.EscapeDataString(position.Seq)}";
        var page = await client.FindAsync(path, $"changes of {stream.Name}", cancel);
        if (page is not { } found || !found.TryGetProperty("results", out var rows) || rows.GetArrayLength() == 0) return null;
        return found.TryGetProperty("pending", out var pending) && pending.TryGetInt64(out var left) ? $"{left + 1} changes" : "there are changes";
    }

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(
        SourceStream stream, Checkpoint checkpoint, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(checkpoint);
        using var client = new CouchClient(this);
        await using var reading = await ChangesReading.BeginAsync(client, this, stream, checkpoint, cancel);
        await foreach (var batch in reading.ReadAsync(cancel)) yield return batch;
    }

    public override bool HasSequences => true;

    public override StreamProgress? ProgressOf(string position) =>
        CouchPosition.Parse(position) is { } found ? new StreamProgress(found.Seq, found.Pending) : null;

    public override string PositionAt(string sequence) => (CouchPosition.Start with { Seq = sequence }).ToJson();

    public override string? WhyNotReleased => "a document is corrected in CouchDB, whose next revision is loaded by itself";

    public override bool IsLive => true;

    public override async IAsyncEnumerable<RecordBatch> ListenAsync(
        SourceStream stream, Checkpoint checkpoint, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(checkpoint);
        using var client = new CouchClient(this);
        await using var reading = await ChangesReading.BeginAsync(client, this, stream, checkpoint, cancel);
        await foreach (var batch in new Listening(this, reading).RunAsync(cancel)) yield return batch;
    }

    public override bool CanCompare => true;

    public override async IAsyncEnumerable<RecordKey> ListKeysAsync(SourceStream stream, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var client = new CouchClient(this);
        var documents = new AllDocuments(client, this, stream.Name);
        await foreach (var key in documents.ListAsync(cancel)) yield return key;
    }

    public override async Task<RecordBatch> FetchAsync(SourceStream stream, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var client = new CouchClient(this);
        return await new AllDocuments(client, this, stream.Name).FetchAsync(ids, cancel);
    }

    private void CheckAddress(Validation check)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            check.Refuse("url", "expected an address such as https://couch.example.org:6984");
        else if (url.UserInfo.Length > 0) check.Refuse("url", "the address holds a user or a password", "Write `user:` and `password: ${NAME}`, and change the password that was in the file.");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0) check.Refuse("url", "the address holds more than a server and a path");
        else if (url.Scheme == "http" && !url.IsLoopback && !AllowHttp)
            check.Refuse("url", "http:// would send the password and every document in the open", "Use https://, or write `allow_http: true` when that is meant.");
    }

    private void CheckAuth(Validation check)
    {
        if (Auth is CouchAuth.Basic or CouchAuth.Session && User is null != Password is null) check.Refuse(User is null ? "user" : "password", "user and password belong together");
        if (Auth == CouchAuth.Session && User is null) check.Refuse("auth", "session needs user and password");
        if (Auth == CouchAuth.Jwt && Token is null) check.Refuse("auth", "jwt needs a token");
        if (Auth == CouchAuth.Proxy && User is null) check.Refuse("auth", "proxy needs a user");
        if (Auth is CouchAuth.Basic or CouchAuth.Session && Token is not null) check.Refuse("token", "a token is for auth jwt or proxy");
    }

    [GeneratedRegex(@"^[a-z_][a-z0-9_$()+/-]{0,237}\z")]
    private static partial Regex DatabaseName();
}

/// <summary>What becomes of a document's attachments.</summary>
public enum CouchAttachments
{
    Stubs,
    None,
    Data,
}

/// <summary>How changes are followed.</summary>
public enum CouchFeed
{
    /// <summary>The best that the server has.</summary>
    Auto,
    Continuous,
    Longpoll,
    Poll,
}

/// <summary>What to do when a database was restored, made anew or lies on another server.</summary>
public enum WhenReplaced
{
    Stop,
    CopyAgain,
}
