using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Upkeep;

/// <summary>
/// At the end of a build: materialized views that people made by hand in the schemas of <c>refresh_views</c>, each after those that it reads. One that cannot be
/// refreshed keeps its rows, stops no other, and is tried again at the next build, whether anything new came or not.
/// </summary>
internal sealed class HandMadeViews : Node
{
    private readonly IReadOnlyList<string> schemas;
    private readonly bool somethingChanged;

    private HandMadeViews(IReadOnlyList<string> schemas, bool somethingChanged) => (this.schemas, this.somethingChanged) = (schemas, somethingChanged);

    /// <param name="file">The project's file, which names the schemas.</param>
    /// <param name="schemas">Its <c>refresh_views</c>.</param>
    /// <param name="somethingChanged">False when everything before was fresh: only what is new or failed last is refreshed then.</param>
    public static HandMadeViews Of(TributaryFile file, IReadOnlyList<string> schemas, bool somethingChanged) => new(schemas, somethingChanged)
    {
        Id = $"operation.{file.Name}.refresh_views",
        Name = "refresh_views",
        Kind = NodeKind.Operation,
        DependsOn = [],
        At = file.At,
    };

    public override async Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) =>
        await DueAsync(context, cancel) is { Count: > 0 } due ? Freshness.Stale($"{due.Count} views are due") : Freshness.Fresh("nothing changed since they were refreshed");

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        var (failed, done) = (new List<string>(), 0);
        foreach (var view in await DueAsync(context, cancel))
        {
            var error = await RefreshAsync(context, view, cancel);
            if (error is null) done++;
            else failed.Add($"{view.Name}: {error}");
        }
        return failed.Count == 0
            ? new Outcome.Succeeded(Counts.None, $"{done} refreshed")
            : new Outcome.Failed(new UserError(ErrorCodes.HandMadeViewStale, At, $"{string.Join("\n", failed)}\n{done} others were refreshed.", "Their rows are those of the last refresh; the next build tries again."));
    }

    private async Task<IReadOnlyList<View>> DueAsync(RunContext context, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Runs/Upkeep/find_hand_made_views.sql"), connection);
        command.Parameters.Add(new() { Value = context.Key.Project });
        command.Parameters.Add(new() { Value = context.Key.Target });
        command.Parameters.Add(new() { Value = schemas.ToArray() });
        command.Parameters.Add(new() { Value = somethingChanged || context.All });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var due = new List<View>();
        while (await rows.ReadAsync(cancel)) due.Add(new View(rows.GetString(0), rows.GetBoolean(1)));
        return due;
    }

    /// <summary>Null when it went well, else why not. Readers go on reading where the server can tell rows apart.</summary>
    private static async Task<string?> RefreshAsync(RunContext context, View view, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        string? why = null;
        try
        {
            await using var refresh = new NpgsqlCommand($"refresh materialized view {(view.ReadersGoOn ? "concurrently " : "")}{view.Name}", connection);
            await refresh.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException error)
        {
            why = DatabaseError.From(error).Message;
        }
        await using var note = new NpgsqlCommand(Sql.Read("Runs/Upkeep/write_hand_made_view.sql"), connection);
        object?[] values = [context.Key.Project, context.Key.Target, view.Name, why is null ? context.Clock.GetUtcNow().UtcDateTime : null, why];
        NpgsqlDbType[] types = [NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz, NpgsqlDbType.Text];
        foreach (var (value, type) in values.Zip(types)) note.Parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        await note.ExecuteNonQueryAsync(cancel);
        return why;
    }

    /// <summary>The name is quoted by the server.</summary>
    private sealed record View(string Name, bool ReadersGoOn);
}
