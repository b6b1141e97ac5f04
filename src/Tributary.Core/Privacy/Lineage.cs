using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>
/// Where the columns of a project's relations come from, as PostgreSQL's own parser saw it when each was last built
/// (<c>tributary.success.reads</c>).
/// </summary>
public sealed class Lineage
{
    private readonly Dictionary<(Relation Relation, string Column), LineageColumn> columns;

    private Lineage(IEnumerable<LineageColumn> columns) =>
        this.columns = columns.ToDictionary(column => (column.Relation, column.Name));

    /// <summary>Knows nothing.</summary>
    public static Lineage None { get; } = new([]);

    /// <summary>Every column whose origins are known, in the order of relations and columns.</summary>
    public IReadOnlyList<LineageColumn> Columns => [.. columns.Values];

    internal static Lineage Of(IEnumerable<LineageColumn> columns) => new(columns);

    public static async Task<Lineage> ReadAsync(NpgsqlConnection connection, ProjectKey key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Privacy/read_lineage.sql"), connection);
        command.Parameters.Add(new() { Value = key.Project, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = key.Target, NpgsqlDbType = NpgsqlDbType.Text });
        var found = new List<LineageColumn>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var relation = new Relation(rows.GetString(1), rows.GetString(2));
            found.Add(new LineageColumn(rows.GetString(0), relation, rows.GetString(3), Origins(rows.GetString(4))));
        }
        return new Lineage(found);
    }

    /// <summary>The column's own entry; null when its origins are not known (a raw table, a seed).</summary>
    public LineageColumn? Find(Relation relation, string column) => columns.GetValueOrDefault((relation, column));

    /// <summary>The columns of a relation in its order.</summary>
    public IReadOnlyList<LineageColumn> Of(Relation relation) => [.. columns.Values.Where(column => column.Relation == relation)];

    /// <summary>
    /// The identifying column that this one repeats unchanged, at most cast, through any number of models; null when there is none.
    /// </summary>
    public IdentifyingColumn? BareFrom(Relation relation, string column, IReadOnlyList<IdentifyingColumn> identifying)
    {
        var classes = identifying.ToDictionary(known => (known.Relation, known.Column));
        var seen = new HashSet<(Relation, string)>();
        var next = new Queue<(Relation Relation, string Column)>([(relation, column)]);
        while (next.TryDequeue(out var at))
        {
            if (!seen.Add(at)) continue;
            if (at != (relation, column) && classes.TryGetValue(at, out var found)) return found;
            foreach (var origin in Find(at.Relation, at.Column)?.Origins ?? [])
                if (!origin.IsTransformed && origin.Path is null) next.Enqueue((origin.Relation, origin.Column));
        }
        return null;
    }

    /// <summary>The column and everything that it comes from, each below what it feeds; a column met again is not followed again.</summary>
    public IReadOnlyList<LineageStep> Trace(Relation relation, string column)
    {
        var steps = new List<LineageStep>();
        var seen = new HashSet<(Relation, string)>();
        Walk(new LineageOrigin(relation, column, null, IsTransformed: false), 0);
        return steps;

        void Walk(LineageOrigin at, int depth)
        {
            var known = Find(at.Relation, at.Column);
            steps.Add(new LineageStep(depth, at.Relation, at.Column, known?.NodeId, at.Path, at.IsTransformed));
            if (!seen.Add((at.Relation, at.Column))) return;
            foreach (var origin in known?.Origins ?? []) Walk(origin, depth + 1);
        }
    }

    private static List<LineageOrigin> Origins(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(LineageOrigin.Parse)];
    }
}
