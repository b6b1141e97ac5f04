using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Postgres.Swaps;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>The members of <c>adapter</c> that ask or change the warehouse, on the node's own connection and transaction.</summary>
internal sealed record WarehouseMembers(NodeContext Context, WarehouseSession Session)
{
    public static readonly MemberTable<WarehouseMembers> Table = new()
    {
        ["execute"] = m => F("execute", "sql, auto_begin=False, fetch=False, limit=None", a => m.Begun(a.IsTrue(1)).Execute(PythonText.Of(a[0]), a.IsTrue(2), a.IntegerOrNone(3))),
        ["add_query"] = m => F("add_query", "sql, auto_begin=True, bindings=None, abridge_sql_log=False", a => m.Begun(a.IsTrue(1)).Execute(SqlBindings.Lay(PythonText.Of(a[0]), a[2]), false, null)),
        ["get_relation"] = m => F("get_relation", "database=None, schema=None, identifier=None", a => m.Catalog.Find(Text(a[0]), Text(a[1]), Text(a[2]))),
        ["get_columns_in_relation"] = m => F("get_columns_in_relation", "relation", a => m.Replaced("get_columns_in_relation", a[0], relation => m.Catalog.Columns(Relation(relation)))),
        ["get_missing_columns"] = m => F("get_missing_columns", "from_relation, to_relation", a => m.Missing(Relation(a[0]), Relation(a[1]))),
        ["list_relations"] = m => F("list_relations", "database=None, schema=None", a => m.Catalog.In(Text(a[1]))),
        ["list_relations_without_caching"] = m => F("list_relations_without_caching", "schema_relation", a => m.Catalog.In(Relation(a[0]).Schema)),
        ["list_schemas"] = m => F("list_schemas", "database=None", _ => m.Catalog.Schemas()),
        ["check_schema_exists"] = m => F("check_schema_exists", "database, schema", a => m.Catalog.Schemas().Contains(Text(a[1]))),
        ["already_exists"] = m => F("already_exists", "schema, table", a => m.Catalog.Find(null, Text(a[0]), Text(a[1])) is not null),
        ["create_schema"] = m => F("create_schema", "relation", a => m.Committed(m.Macro("create_schema", a[0]))),
        ["drop_schema"] = m => F("drop_schema", "relation", a => m.Committed(m.Macro("drop_schema", a[0]))),
        ["drop_relation"] = m => F("drop_relation", "relation", a => a[0] is null ? null : m.Macro("drop_relation", a[0])),
        ["truncate_relation"] = m => F("truncate_relation", "relation", a => m.Macro("truncate_relation", a[0])),
        ["rename_relation"] = m => F("rename_relation", "from_relation, to_relation", a => m.Macro("rename_relation", a[0], a[1])),
        ["expand_target_column_types"] = m => F("expand_target_column_types", "from_relation, to_relation", a => m.Expand(Relation(a[0]), Relation(a[1]))),
        ["get_column_schema_from_query"] = m => F("get_column_schema_from_query", "sql", a => m.Session.Describe(a.Text(0))),
        ["verify_database"] = m => F("verify_database", "database", _ => ""),
        ["get_grants"] = m => F("get_grants", "relation", a => m.Catalog.Grants(Relation(a[0]))),
        ["standardize_grants_dict"] = m => F("standardize_grants_dict", "grants_table", a => a[0]),
        ["beside"] = m => F("beside", "relation, suffix='__dbt_tmp', again=False", a => Beside(Relation(a[0]), a.IsTrue(2) ? m.Session.Another(Relation(a[0]), a.Text(1)) : a.Text(1))),
        ["building_for"] = m => F("building_for", "relation, existing=None", a => a[1] is RelationValue ? Beside(Relation(a[0]), "__dbt_tmp") : Relation(a[0])),
        ["replace_view"] = m => F("replace_view", "sql, relation", a => m.Session.Publication.ReplaceView(a.Text(0), Relation(a[1]))),
        ["publish"] = m => F("publish", "from_relation, to_relation", a => m.Session.Publication.Publish(Relation(a[0]), Relation(a[1]))),
        ["change_under_views"] = m => F("change_under_views", "relation, sql", a => m.ChangeUnderViews(Relation(a[0]), a.Text(1))),
        ["run_hook"] = m => F("run_hook", "sql, inside_transaction, is_after=False", a => m.Session.RunHook(a.Text(0), a.IsTrue(1), a.IsTrue(2))),
        ["copy_seed"] = m => F("copy_seed", "relation", a => m.Session.CopySeed(Relation(a[0]), m.Context.Node.Config.IsTrue("quote_columns", usual: true))),
    };

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "get_columns_in_relation", "get_missing_columns", "list_relations", "list_relations_without_caching", "list_schemas", "get_column_schema_from_query",
    };

    private CatalogReader Catalog => Session.Catalog;

    /// <summary>What a member answers while references are collected.</summary>
    public static object WithoutWarehouse(string name)
    {
        if (name is "beside" or "building_for") return F(name, "relation, *args, **kwargs", a => a[0]);
        if (name == "execute") return F(name, "*args, **kwargs", _ => new JinjaTuple(null, null));
        return F(name, "*args, **kwargs", _ => Lists.Contains(name) ? new List<object?>() : null);
    }

    /// <summary>The same place with a name that is free for building; long names get a hash, so that two never meet.</summary>
    public static RelationValue Beside(RelationValue relation, string suffix) =>
        relation.With(identifier: Identifier.Shorten(relation.Identifier ?? "", suffix));

    private static Function F(string name, string parameters, Func<BoundArguments, object?> body) => new(name, parameters, body);

    private static string? Text(object? value) => value is null or Undefined ? null : PythonText.Of(value);

    private static RelationValue Relation(object? value) => value as RelationValue
        ?? throw new TemplateException("a relation is needed here", "Pass ref(…), source(…), this or api.Relation.create(…).");

    private WarehouseMembers Begun(bool inTransaction)
    {
        if (inTransaction) Session.BeginForTemplate();
        return this;
    }

    private object? Committed(object? answer)
    {
        Session.CommitForTemplate();
        return answer;
    }

    private JinjaTuple Execute(string sql, bool fetch, int? limit)
    {
        var (answer, table) = Session.Execute(sql, fetch);
        if (table is not null && limit < table.Rows.All.Count) table = table.WithRows(table.Rows.All.Take(limit.Value));
        return new JinjaTuple(answer, table ?? AgateTable.Empty);
    }

    /// <summary>What the project's own macro of this name answers, or the engine.</summary>
    private object? Replaced(string name, object? argument, Func<object?, object?> otherwise) =>
        Context.TryCallReplacement(name, argument, out var answer) ? answer : otherwise(argument);

    private object? Macro(string name, params object?[] arguments) =>
        Context.Node.Macros.Find(name, Context.Node.Root.Name) is { } macro ? Context.Call(macro, arguments) : null;

    private List<object?> Missing(RelationValue from, RelationValue to)
    {
        var known = Catalog.Columns(to).Cast<ColumnValue>().Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Catalog.Columns(from).Where(column => !known.Contains(((ColumnValue)column!).Name))];
    }

    /// <summary>Runs a change of columns that views over the relation forbid: they step aside for it, and stay.</summary>
    private string ChangeUnderViews(RelationValue relation, string sql)
    {
        // Templates are rendered on a pool thread without a synchronization context, so this wait cannot lock itself out.
        ViewsAside.AroundAsync(Session.Connection, relation.Place, Change, Context.Cancel).GetAwaiter().GetResult();
        return "";

        Task Change()
        {
            Session.Execute(sql, fetch: false);
            _ = Session.Connection; // nothing of it may wait to be sent
            return Task.CompletedTask;
        }
    }

    /// <summary>Widens text columns of the target that the arriving ones do not fit into.</summary>
    private string Expand(RelationValue from, RelationValue to)
    {
        var standing = Catalog.Columns(to).Cast<ColumnValue>().ToDictionary(column => column.Name);
        foreach (var arriving in Catalog.Columns(from).Cast<ColumnValue>())
        {
            if (standing.TryGetValue(arriving.Name, out var column) && column.CanExpandTo(arriving))
                Macro("alter_column_type", to, column.Name, arriving.DataType);
        }
        return "";
    }
}
