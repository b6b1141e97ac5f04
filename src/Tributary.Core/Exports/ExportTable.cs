using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>A relation as it is in the snapshot, with its real columns.</summary>
internal sealed record ExportTable(ExportRelation Source, IReadOnlyList<ExportColumn> Columns)
{
    /// <summary>All of an export's relations, in its order; one that does not exist is the user's error (TRB0302).</summary>
    public static async Task<IReadOnlyList<ExportTable>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<ExportRelation> relations, SourcePosition at, CancellationToken cancel)
    {
        var columns = relations.Select(_ => new List<ExportColumn>()).ToArray();
        await using var command = new NpgsqlCommand(Sql.Read("Exports/read_tables.sql"), connection);
        command.Parameters.Add(new() { Value = relations.Select(relation => relation.Relation.Schema).ToArray() });
        command.Parameters.Add(new() { Value = relations.Select(relation => relation.Relation.Name).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            columns[rows.GetInt64(0) - 1].Add(new ExportColumn(
                rows.GetString(1), rows.GetString(2), rows.GetString(3)[0], rows.GetBoolean(4), rows.IsDBNull(5) ? null : rows.GetInt32(5)));
        }
        var missing = relations.Where((_, i) => columns[i].Count == 0).Select(relation => new UserError(
            ErrorCodes.UnknownReference, at, $"'{relation.Name}' ({relation.Relation}) is not in the warehouse.", "Build it first: tributary build.")).ToList();
        if (missing.Count > 0) throw new UserErrorException(missing);
        return [.. relations.Select((relation, i) => new ExportTable(relation, columns[i]))];
    }
}
