using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>What the double answers to one request.</summary>
internal sealed class CouchReply(CouchDouble server, CouchRequest request, CouchAnswer answer, Fault? fault)
{
    private const string NotFound = """{"error":"not_found","reason":"missing"}""";

    /// <summary>False when the connection is to be closed.</summary>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        answer.Fault = fault;
        if (fault is { Status: > 0 and var status })
        {
            await answer.WholeAsync(status, """{"error":"asked_for"}""", fault.Location is { } place ? [$"Location: {place}"] : fault.RetryAfter is { } seconds ? [$"Retry-After: {seconds}"] : []);
            return true;
        }
        if (!MayRead()) await answer.WholeAsync(401, """{"error":"unauthorized"}""");
        else if (request.Path is [""]) await answer.WholeAsync(200, $$"""{"couchdb":"Welcome","version":"3.5.0","uuid":"{{server.Uuid}}"}""");
        else if (request.Path is ["_session"]) await SessionAsync();
        else if (!server.Databases.TryGetValue(request.Path[0], out var database)) await answer.WholeAsync(404, NotFound);
        else await DatabaseAsync(database, stop);
        return true;
    }

    private bool MayRead()
    {
        if (server.Password is not { } password || request.Path is ["_session"]) return true;
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(password));
        return request.Headers.GetValueOrDefault("Authorization") == basic || request.Headers.GetValueOrDefault("Cookie") == "AuthSession=" + Convert.ToHexString(Encoding.UTF8.GetBytes(password));
    }

    private Task SessionAsync()
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, string>>(request.Body)!;
        return server.Password == $"{given["name"]}:{given["password"]}"
            ? answer.WholeAsync(200, """{"ok":true}""", [$"Set-Cookie: AuthSession={Convert.ToHexString(Encoding.UTF8.GetBytes(server.Password))}; Version=1; HttpOnly"])
            : answer.WholeAsync(401, """{"error":"unauthorized"}""");
    }

    private async Task DatabaseAsync(CouchDatabase database, CancellationToken stop)
    {
        switch (request.Path)
        {
            case [_]:
                var purges = database.PurgeSequence is { } count ? $",\"purge_seq\":\"{count}-xyz\"" : "";
                await answer.WholeAsync(200, $$"""{"db_name":"x","update_seq":{{Seq(database.Sequence)}},"instance_start_time":"{{database.Created}}"{{purges}}}""");
                break;
            case [_, "_purged_infos"] when database.HasPurges:
                await answer.WholeAsync(200, JsonSerializer.Serialize(new { purged_infos = database.PurgedIds.Select(id => new { id, revs = new[] { "1-x" } }) }));
                break;
            case [_, "_all_docs"]:
                await AllDocsAsync(database);
                break;
            case [_, "_changes"] when request.Query("feed") is "continuous" or "longpoll" && server.HasNoFeeds:
                await answer.WholeAsync(400, """{"error":"bad_request"}""");
                break;
            case [_, "_changes"] when request.Query("feed") == "continuous":
                await ContinuousAsync(database, stop);
                break;
            case [_, "_changes"]:
                if (request.Query("feed") == "longpoll" && database.ChangesSince(Since).Count == 0) await database.Changed.WaitAsync(stop);
                await PageAsync(database);
                break;
            default:
                await answer.WholeAsync(404, NotFound);
                break;
        }
    }

    private long Since => request.Query("since") is { } since && since != "now" ? long.Parse(since.Split('-')[0], CultureInfo.InvariantCulture) : 0;

    private string Seq(long number) => server.IsPlain ? $"{number}" : $"\"{number}-g1AAAACTeJzLYWBg\"";

    private async Task PageAsync(CouchDatabase database)
    {
        var all = database.ChangesSince(Since);
        var rows = all.Take(int.Parse(request.Query("limit") ?? "1000000000", CultureInfo.InvariantCulture)).ToList();
        var interval = server.IsPlain ? 1 : int.Parse(request.Query("seq_interval") ?? "1", CultureInfo.InvariantCulture);
        await answer.BeginAsync();
        await answer.ChunkAsync("{\"results\":[\n");
        for (var i = 0; i < rows.Count; i++)
            await answer.ChunkAsync((i > 0 ? ",\n" : "") + Row(rows[i], (i + 1) % interval == 0));
        var last = rows.Count > 0 ? rows[^1].Number : Since;
        await answer.ChunkAsync($"\n],\n\"last_seq\":{Seq(last)}{(server.IsPlain ? "" : $",\"pending\":{all.Count - rows.Count}")}}}\n");
    }

    private async Task ContinuousAsync(CouchDatabase database, CancellationToken stop)
    {
        await answer.BeginAsync();
        var heartbeat = TimeSpan.FromMilliseconds(int.Parse(request.Query("heartbeat") ?? "60000", CultureInfo.InvariantCulture));
        for (var since = Since; ;)
        {
            var changed = database.Changed;
            foreach (var row in database.ChangesSince(since))
            {
                await answer.ChunkAsync(Row(row, true) + "\n");
                since = row.Number;
            }
            if (changed.IsCompleted) continue;
            await Task.WhenAny(changed, Task.Delay(heartbeat, stop));
            if (!changed.IsCompleted) await answer.ChunkAsync("\n");
        }
    }

    private string Row(CouchDatabase.Winner row, bool withSeq)
    {
        var doc = request.Query("include_docs") == "true" ? $",\"doc\":{row.Body}" : "";
        return $$"""{"seq":{{(withSeq ? Seq(row.Number) : "null")}},"id":{{JsonSerializer.Serialize(row.Id)}},"changes":[{"rev":"{{row.Revision}}"}]{{(row.IsDeleted ? ",\"deleted\":true" : "")}}{{doc}}}""";
    }

    private async Task AllDocsAsync(CouchDatabase database)
    {
        var withDocs = request.Query("include_docs") == "true";
        var rows = request.Method == "POST"
            ? JsonSerializer.Deserialize<Dictionary<string, string[]>>(request.Body)!["keys"].Select(key => (Key: key, Found: database.Find(key)))
            : database.All().Where(winner => !winner.IsDeleted).Select(winner => (Key: winner.Id, Found: (CouchDatabase.Winner?)winner));
        await answer.BeginAsync();
        await answer.ChunkAsync("{\"total_rows\":1,\"offset\":0,\"rows\":[\n");
        var separator = "";
        foreach (var (key, found) in rows)
        {
            var name = JsonSerializer.Serialize(key);
            var value = found is null ? "\"error\":\"not_found\"" : $"\"id\":{name},\"value\":{{\"rev\":\"{found.Revision}\"{(found.IsDeleted ? ",\"deleted\":true" : "")}}}{(withDocs ? $",\"doc\":{(found.IsDeleted ? "null" : found.Body)}" : "")}";
            await answer.ChunkAsync($"{separator}{{\"key\":{name},{value}}}");
            separator = ",\r\n";
        }
        await answer.ChunkAsync("\r\n]}\n");
    }
}
