using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>
/// The definitions that gave the values so far, by metric and version: one version means one definition, so that a number in a
/// report can be traced to what it meant.
/// </summary>
public static class MetricVersions
{
    /// <summary>What is refused (TRB0505): a definition that changed without a new version, and a version below the last one.</summary>
    public static async Task<IReadOnlyList<UserError>> CheckAsync(
        NpgsqlConnection connection, ProjectKey key, MetricCatalog catalog, CancellationToken cancel)
    {
        var known = await ReadAsync(connection, key, cancel);
        return [.. catalog.Metrics.Select(metric => Check(metric, known)).OfType<UserError>()];
    }

    /// <summary>
    /// Records the definitions of metrics whose models were built; a known one is left as it is. Not before they succeed: a
    /// definition that never gave a value may change freely.
    /// </summary>
    public static async Task RecordAsync(
        NpgsqlConnection connection, RunContext context, IReadOnlyCollection<Metric> built, CancellationToken cancel)
    {
        if (built.Count == 0) return;
        await using var command = new NpgsqlCommand(Sql.Read("Metrics/record_versions.sql"), connection);
        command.Parameters.Add(new() { Value = context.Key.Project });
        command.Parameters.Add(new() { Value = context.Key.Target });
        command.Parameters.Add(new() { Value = built.Select(metric => metric.Id).ToArray() });
        command.Parameters.Add(new() { Value = built.Select(metric => metric.Config.Version).ToArray() });
        command.Parameters.Add(new() { Value = built.Select(metric => metric.Fingerprint).ToArray() });
        command.Parameters.Add(new() { Value = context.RunId });
        command.Parameters.Add(new() { Value = context.Clock.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static UserError? Check(Metric metric, ILookup<string, (int Version, string Fingerprint)> known)
    {
        var version = metric.Config.Version;
        var recorded = known[metric.Id].ToList();
        if (recorded.Any(entry => entry == (version, metric.Fingerprint))) return null;
        var last = recorded.Select(entry => entry.Version).DefaultIfEmpty(0).Max();
        if (version > last) return null;
        var what = recorded.Any(entry => entry.Version == version)
            ? $"its definition changed and its version is still {version}"
            : $"its version is {version}, and {last} was published already";
        return new UserError(ErrorCodes.MetricVersion, metric.Config.At, $"metric {metric.Id}: {what}",
            $"Set version: {last + 1}, or take the change back. Readers tell old values from new ones by method_version.");
    }

    private static async Task<ILookup<string, (int Version, string Fingerprint)>> ReadAsync(
        NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select metric, version, fingerprint from tributary.metric_version where project = $1 and target = $2", connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var known = new List<(string Metric, int Version, string Fingerprint)>();
        while (await rows.ReadAsync(cancel)) known.Add((rows.GetString(0), rows.GetInt32(1), rows.GetString(2)));
        return known.ToLookup(entry => entry.Metric, entry => (entry.Version, entry.Fingerprint));
    }
}
