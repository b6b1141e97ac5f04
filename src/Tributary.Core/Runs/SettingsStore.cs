using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;

namespace Tributary.Core.Runs;

/// <summary>The settings of one (project, target) in the warehouse, with every change that was made.</summary>
public static class SettingsStore
{
    /// <summary>What is set, and the defaults of names without a year; what the declarations no longer allow is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, object?>> ReadAsync(Database database, ProjectKey key, SettingsFile declared, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(declared);
        var values = declared.Settings.Where(entry => entry.Value.FromYear is null && entry.Value.DefaultValue is not null).ToDictionary(entry => entry.Key, entry => entry.Value.DefaultValue);
        if (declared.Settings.Count == 0) return values;
        foreach (var set in await ListAsync(database, key, cancel))
        {
            if (declared.Find(set.Name) is { } declaration && declaration.TryTake(set.Value, out var value, out _)) values[set.Name] = value;
        }
        return values;
    }

    /// <summary>Everything that is set, in order of names.</summary>
    public static async Task<IReadOnlyList<SettingValue>> ListAsync(Database database, ProjectKey key, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select name, value::text, changed_by, changed_at from tributary.setting where project = $1 and target = $2 order by name", connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var settings = new List<SettingValue>();
        while (await rows.ReadAsync(cancel)) settings.Add(new SettingValue(rows.GetString(0), JsonValues.Read(rows.GetString(1)), rows.GetString(2), rows.GetDateTime(3)));
        return settings;
    }

    /// <summary>Sets several at once, all or none; null unsets. What stands already is no change. How many changed.</summary>
    public static async Task<int> SetAsync(Database database, ProjectKey key, IReadOnlyList<(string Name, object? Value)> changes, string who, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(changes);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // One writer at a time, so that what stands as "before" is what was there.
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('tributary settings ' || $1 || '/' || $2, 0))", connection))
        {
            take.Parameters.Add(new() { Value = key.Project });
            take.Parameters.Add(new() { Value = key.Target });
            await take.ExecuteNonQueryAsync(cancel);
        }
        var changed = 0;
        foreach (var (name, value) in changes)
        {
            await using var command = new NpgsqlCommand(Sql.Read(value is null ? "Runs/unset_setting.sql" : "Runs/set_setting.sql"), connection);
            command.Parameters.Add(new() { Value = key.Project });
            command.Parameters.Add(new() { Value = key.Target });
            command.Parameters.Add(new() { Value = name });
            command.Parameters.Add(new() { Value = who });
            command.Parameters.Add(new() { Value = at.UtcDateTime });
            if (value is not null) command.Parameters.Add(new() { Value = JsonValues.Write(value), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
            changed += await command.ExecuteScalarAsync(cancel) is null ? 0 : 1;
        }
        await transaction.CommitAsync(cancel);
        return changed;
    }
}

/// <summary>A setting that somebody has set.</summary>
public sealed record SettingValue(string Name, object? Value, string ChangedBy, DateTime ChangedAt);
