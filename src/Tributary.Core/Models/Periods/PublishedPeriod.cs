using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Periods;

/// <summary>
/// One published period of a node, as the ledger has it. <paramref name="Version"/> counts how often it was published with other content,
/// <paramref name="Fingerprint"/> says what it was made of, <paramref name="Digest"/> what came out.
/// </summary>
public sealed record PublishedPeriod(string Node, DateOnly FirstDay, string Label, int Version, long Rows, string Digest, string Fingerprint, string RunId, DateTimeOffset PublishedAt)
{
    /// <summary>Those of one node, or of all with null, in order of time.</summary>
    public static async Task<IReadOnlyList<PublishedPeriod>> ReadAsync(NpgsqlConnection connection, ProjectKey key, string? node, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Models/Periods/read_periods.sql"), connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        command.Parameters.Add(new() { Value = (object?)node ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<PublishedPeriod>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new PublishedPeriod(
                rows.GetString(0), rows.GetFieldValue<DateOnly>(1), rows.GetString(2), rows.GetInt32(3), rows.GetInt64(4), rows.GetString(5), rows.GetString(6), rows.GetString(7),
                rows.GetFieldValue<DateTimeOffset>(8)));
        }
        return found;
    }
}
