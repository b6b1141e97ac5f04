using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>Asks PostgreSQL's catalogue what relations, columns, schemas and grants there are, on the node's own connection.</summary>
internal sealed class CatalogReader(WarehouseSession session)
{
    /// <summary>The relation with its kind; null when there is none.</summary>
    public RelationValue? Find(string? database, string? schema, string? name)
    {
        if (schema is null || name is null) return null;
        if (session.Relations is { IsBlind: false } known)
        {
            var kind = known.Find(new Postgres.Relation(schema, name))?.Kind;
            return kind is null ? null : new RelationValue { Database = database ?? session.Database, Schema = schema, Identifier = name, Type = kind };
        }
        return session.Rows(Sql.Read("Models/Context/Relations/find_relation.sql"), schema, name)
            .Select(row => new RelationValue { Database = database ?? session.Database, Schema = schema, Identifier = name, Type = (string?)row[0] })
            .FirstOrDefault();
    }

    public List<object?> In(string? schema) => session.Relations?.In(schema ?? "") is { } known
        ? [.. known.Select(entry => new RelationValue { Database = session.Database, Schema = schema, Identifier = entry.Key, Type = entry.Value.Kind })]
        : [.. session.Rows(Sql.Read("Models/Context/Relations/list_relations.sql"), schema ?? "")
            .Select(row => new RelationValue { Database = session.Database, Schema = schema, Identifier = (string?)row[0], Type = (string?)row[1] })];

    /// <summary>Every relation of these schemas.</summary>
    public IEnumerable<(string Schema, string Name, CachedRelation Relation)> List(string[] schemas) =>
        session.Rows(Sql.Read("Models/Context/Relations/list_schemas.sql"), (object)schemas)
            .Select(row => ((string)row[0]!, (string)row[1]!, new CachedRelation((string)row[2]!, row[3] is true)));

    /// <summary>The columns in order; of a temporary relation too, which has no schema.</summary>
    public List<object?> Columns(RelationValue relation)
    {
        var schema = relation.Shown.Schema ? relation.Schema : null;
        return [.. session.Rows(Sql.Read("Models/Context/Relations/read_columns.sql"), schema, relation.Identifier ?? "")
            .Select(row => new ColumnValue((string)row[0]!, (string)row[1]!, row[2] as int?, row[3] as int?, row[4] as int?) { RealType = (string?)row[5] })];
    }

    public List<object?> Schemas() => [.. session.Rows("select nspname::text from pg_namespace order by 1").Select(row => row[0])];

    /// <summary>Privileges other than the owner's: <c>{'select': ['reader']}</c>.</summary>
    public JinjaDict Grants(RelationValue relation)
    {
        var grants = new JinjaDict();
        foreach (var row in session.Rows(Sql.Read("Models/Context/Relations/read_grants.sql"), relation.Schema ?? "", relation.Identifier ?? ""))
        {
            if (!grants.TryGet(row[0], out var grantees)) grants[row[0]] = grantees = new List<object?>();
            ((List<object?>)grantees!).Add(row[1]);
        }
        return grants;
    }
}
