using System.Text.Json;

namespace Tributary.Connectors.Couch;

/// <summary>What a server says of itself and of a database, as far as it tells whether the database is the one that was copied before.</summary>
internal sealed record DatabaseState(string? Server, string? Created, string? Sequence, string? Purges)
{
    private const int TimesAsked = 4;
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(1);

    /// <summary>Asks; throws TRB0401 when the database is not there or not open to us.</summary>
    public static async Task<DatabaseState> AskAsync(CouchClient client, CouchDb source, string database, CancellationToken cancel)
    {
        var server = await client.FindAsync("", "its greeting", cancel);
        var found = await client.FindAsync(CouchDb.PathOf(database), $"database {database}", cancel)
            ?? throw CouchFailure.Refuse(source, $"{source.Host} has no database {database} (404).", "Correct the name under `streams:`, or create the database.");
        return new DatabaseState(
            Text(server, "uuid"), IsOld(server) ? null : Text(found, "instance_start_time") is var created and not "0" ? created : null,
            Text(found, "update_seq"), Text(found, "purge_seq"));
    }

    /// <summary>
    /// The same, and why the database cannot be the one of this position (null when it can). A node of a cluster may be some changes
    /// behind the one that was asked before: then it gets a little time to catch up.
    /// </summary>
    public static async Task<(DatabaseState State, string? WhyReplaced)> AskSettledAsync(
        CouchClient client, CouchDb source, string database, CouchPosition? position, CancellationToken cancel)
    {
        for (var asked = 1; ; asked++)
        {
            var state = await AskAsync(client, source, database, cancel);
            var why = position is null ? null : state.WhyReplaced(position);
            var mayCatchUp = why is not null && state.Sequence?.Contains('-', StringComparison.Ordinal) == true && state.Created == position?.Created && state.Server == position?.Server;
            if (!mayCatchUp || asked == TimesAsked) return (state, why);
            await Task.Delay(CatchUp, cancel);
        }
    }

    /// <summary>Why the database cannot be the one of this position; null when it can.</summary>
    public string? WhyReplaced(CouchPosition position)
    {
        if (position.Created is { } created && Created is not null && Created != created) return "it was created anew";
        if (CouchPosition.NumberOf(Sequence) is not { } now || CouchPosition.NumberOf(position.Seq) is not { } before || now >= before) return null;
        var back = $"its sequence went back from {before} to {now}";
        return position.Server is { } server && Server is not null && Server != server ? $"it is on another server, and {back}" : back;
    }

    /// <summary>The position with what this server is.</summary>
    public CouchPosition Mark(CouchPosition position) => position with { Server = Server, Created = Created };

    // CouchDB 1 says there when it opened the file.
    private static bool IsOld(JsonElement? server) =>
        server is { } found && found.TryGetProperty("couchdb", out _) && Text(found, "version") is { } version && version.StartsWith("1.", StringComparison.Ordinal);

    private static string? Text(JsonElement? from, string name)
    {
        if (from is not { ValueKind: JsonValueKind.Object } map || !map.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }
}
