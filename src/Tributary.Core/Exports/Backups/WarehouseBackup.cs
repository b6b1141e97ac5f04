using System.Data;
using System.Globalization;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports.Backups;

/// <summary>
/// Backs a warehouse up to a place of files: one pg_dump of one snapshot, read back and compared before its manifest makes it a backup; older ones go by retention.
/// </summary>
public sealed class WarehouseBackup(RunContext context, NpgsqlConnectionStringBuilder address, FileDestination place)
{
    /// <summary>Returns what was written; throws TRB0222 or TRB0223, and then no backup of it stands.</summary>
    public async Task<BackupManifest> RunAsync(CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var id = await ScalarAsync(connection, "select pg_export_snapshot()", cancel);
        var takenAt = context.Clock.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{context.Key.Project}-{context.Key.Target}-{takenAt:yyyyMMdd'T'HHmmssfff'Z'}");
        await place.CleanAsync(cancel);
        var (bytes, sha256) = await DumpAsync($"{name}.dump", id, cancel);
        var state = await BackupState.ReadAsync(connection, cancel);
        var manifest = new BackupManifest(name, context.Key.Project, context.Key.Target, takenAt, state.ServerVersion, bytes, sha256, state.Tables, state.Streams);
        try
        {
            await VerifyAsync(manifest, cancel);
            await WriteAsync(manifest, cancel);
        }
        catch
        {
            await place.RemoveAsync(manifest.DumpFile, CancellationToken.None);
            throw;
        }
        return manifest;
    }

    /// <summary>The backups that stand at the place, the newest first; files that are none are passed over.</summary>
    public static async Task<IReadOnlyList<BackupManifest>> ListAsync(FileDestination place, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(place);
        var found = new List<BackupManifest>();
        await foreach (var file in place.ListAsync(cancel))
        {
            if (!file.Name.EndsWith(".json", StringComparison.Ordinal)) continue;
            await using var json = await place.OpenReadAsync(file.Name, cancel);
            if (await BackupManifest.ReadAsync(json, cancel) is { Name: not null, Tables: not null, Streams: not null } manifest && manifest.ManifestFile == file.Name) found.Add(manifest);
        }
        return [.. found.OrderByDescending(manifest => manifest.TakenAt)];
    }

    /// <summary>Removes this project's backups that are due to go, the manifest first; the newest always stays.</summary>
    public async Task<int> RemoveOldAsync(Retention keep, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keep);
        var own = (await ListAsync(place, cancel)).Where(manifest => manifest.Project == context.Key.Project && manifest.Target == context.Key.Target);
        var due = own.Skip(keep.Newest ?? 1).Where(manifest => keep.Days is null || manifest.TakenAt < context.Clock.GetUtcNow().AddDays(-keep.Days.Value)).ToList();
        foreach (var manifest in due)
        {
            await place.RemoveAsync(manifest.ManifestFile, cancel);
            await place.RemoveAsync(manifest.DumpFile, cancel);
        }
        return due.Count;
    }

    private async Task<(long Bytes, string Sha256)> DumpAsync(string file, string snapshot, CancellationToken cancel)
    {
        await using var pending = await place.BeginAsync(file, cancel);
        await using var counted = new HashedStream(pending.Content);
        // Who may hand out logins belongs to the server's administrator, and logins to the server.
        string[] arguments = ["--format=custom", "--no-password", $"--snapshot={snapshot}", "--exclude-schema=tributary_access"];
        await BackupTool.ReadAsync("pg_dump", address, arguments, counted, ErrorCodes.BackupFailed, cancel);
        await counted.FlushAsync(cancel);
        if (!await pending.PublishAsync(cancel)) throw new UserErrorException(ErrorCodes.BackupFailed, null, $"{place.Place}{file} is there already.", "Another backup was made at the same instant; try again.");
        return (counted.Bytes, counted.Sha256);
    }

    /// <summary>What lies at the place is what was written, and pg_restore can read its contents.</summary>
    private async Task VerifyAsync(BackupManifest manifest, CancellationToken cancel)
    {
        await using (var written = await place.OpenReadAsync(manifest.DumpFile, cancel))
        await using (var counted = new HashedStream(Stream.Null))
        {
            await written.CopyToAsync(counted, cancel);
            if (counted.Bytes != manifest.Bytes || counted.Sha256 != manifest.Sha256)
                throw new UserErrorException(ErrorCodes.BackupDiffers, null, $"{place.Place}{manifest.DumpFile} holds other bytes than were written.", "Check the place, and back up again.");
        }
        await using var again = await place.OpenReadAsync(manifest.DumpFile, cancel);
        await BackupTool.FeedAsync("pg_restore", address, ["--list"], again, ErrorCodes.BackupDiffers, cancel);
    }

    private async Task WriteAsync(BackupManifest manifest, CancellationToken cancel)
    {
        await using var pending = await place.BeginAsync(manifest.ManifestFile, cancel);
        await pending.Content.WriteAsync(manifest.ToJson(), cancel);
        if (!await pending.PublishAsync(cancel)) throw new UserErrorException(ErrorCodes.BackupFailed, null, $"{place.Place}{manifest.ManifestFile} is there already.", "Try again.");
    }

    private static async Task<string> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(cancel))!; // the function always gives a name
    }
}
