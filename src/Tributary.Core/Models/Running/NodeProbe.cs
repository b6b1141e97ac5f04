using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.ParseTrees;

namespace Tributary.Core.Models.Running;

/// <summary>Lets PostgreSQL's parser say what a node reads, on the session that builds it and in the messages that build it.</summary>
internal sealed class NodeProbe(ModelWorkshop workshop, WarehouseSession session, ParsedNode node)
{
    private const string Name = "tributary_probe";

    private static readonly NodeReads Unreadable = new([], "PostgreSQL cannot read its SQL as one query");

    /// <summary>
    /// A query: as a temporary view, before anything else of the node. What cannot be one (SQL that rests on a hook's temporary table,
    /// say) is never fresh.
    /// </summary>
    public NodeReads OfQuery(string sql)
    {
        if (session.TryRows($"create temporary view {Name} as\n{sql}\n", DirectShape.Query, $"pg_temp.{Name}") is not { } rows) return Unreadable;
        session.Add($"drop view pg_temp.{Name}");
        return Read(rows, sql);
    }

    /// <summary>A view that was just made.</summary>
    public NodeReads OfView(Relation view, string sql) => Read(session.Rows(DirectShape.Query, view.Sql), sql);

    private NodeReads Read(IReadOnlyList<object?[]> rows, string sql)
    {
        var shape = new DirectShape((query, oids) => session.Rows(query, (object)oids), workshop.BuiltIns).Read(rows, sql);
        return shape is null ? Unreadable : NodeReads.Of(shape, workshop.Upstream.Relations(node));
    }
}
