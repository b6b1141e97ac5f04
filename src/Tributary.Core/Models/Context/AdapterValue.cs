using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>
/// dbt's <c>adapter</c>: dispatch and quoting, and through <see cref="WarehouseMembers"/> the warehouse. While references are
/// collected, what would ask the warehouse answers none or an empty list.
/// </summary>
internal sealed class AdapterValue(NodeContext context) : ContextObject
{
    private static readonly MemberTable<AdapterValue> Names = new()
    {
        ["dispatch"] = v => Method("dispatch", "macro_name, macro_namespace=None, packages=None", a => v.Dispatch(a.Text(0), a.TextOrNone(1))),
        ["quote"] = _ => Method("quote", "identifier", a => Identifier.Quote(PythonText.Of(a[0]))),
        ["quote_as_configured"] = v => Method("quote_as_configured", "identifier, quote_key", a => v.Quotes(a.Text(1)) ? Identifier.Quote(a.Text(0)) : a.Text(0)),
        ["quote_seed_column"] = _ => Method("quote_seed_column", "column, quote_config=None", a => a[1] is false ? a.Text(0) : Identifier.Quote(a.Text(0))),
        ["type"] = _ => Method("type", "", _ => "postgres"),
        ["commit"] = v => Method("commit", "", _ => v.Context.Session?.CommitForTemplate() ?? ""), // of a node the engine commits, when it is done
        ["Relation"] = v => new ApiValue(v.Context).TryGetAttribute("Relation", out var factory) ? factory : null,
        ["Column"] = _ => ColumnValue.Factory,
        ["config"] = v => new RuntimeConfig(v.Context),
        ["get_hard_deletes_behavior"] = v => Method("get_hard_deletes_behavior", "config=None", _ => SnapshotTarget.HardDeletes(v.Context.Node.Config)),
        ["assert_valid_snapshot_target_given_strategy"] = v => Method("assert_valid_snapshot_target_given_strategy", "relation, column_names=None, strategy=None", a => SnapshotTarget.Require(v.Context, a[0], a[1], a[2])),
        ["valid_snapshot_target"] = v => Method("valid_snapshot_target", "relation, column_names=None", a => SnapshotTarget.Require(v.Context, a[0], a[1], null)),
        ["client_type"] = _ => Method("client_type", "dtype", a => ClientType.Of(a.Text(0))),
        ["parse_index"] = v => Method("parse_index", "raw_index", a => IndexValue.Parse(a[0], v.Context.Run?.RunId ?? "")),
        ["valid_incremental_strategies"] = _ => Method("valid_incremental_strategies", "", _ => new List<object?> { "append", "delete+insert", "merge", "microbatch" }),
        ["get_incremental_strategy_macro"] = v => Method("get_incremental_strategy_macro", "context, strategy", a => v.Strategy(a.Text(1))),
        ["convert_type"] = v => Method("convert_type", "agate_table, col_idx", a => v.TypeOf(a[0], a.Integer(1))),
        ["is_replaced"] = v => Method("is_replaced", "*names", a => a.Rest.Any(name => v.Context.Node.Macros.Replacement(PythonText.Of(name)) is not null)),
        ["date_function"] = _ => Method("date_function", "", _ => "now()"),
        ["timestamp_add_sql"] = _ => Method("timestamp_add_sql", "add_to, number=1, interval='hour'", a => $"{PythonText.Of(a[0])} + interval '{PythonText.Of(a[1])} {PythonText.Of(a[2])}'"),
        ["string_add_sql"] = _ => Method("string_add_sql", "add_to, value, location='append'",
            a => a[2] is "prepend" ? $"'{PythonText.Of(a[1])}' || {PythonText.Of(a[0])}" : $"{PythonText.Of(a[0])} || '{PythonText.Of(a[1])}'"),
        ["is_cached"] = _ => Method("is_cached", "*args, **kwargs", _ => false),
        ["is_cancelable"] = _ => Method("is_cancelable", "", _ => true),
        ["supports"] = _ => Method("supports", "capability", _ => false),
        ["behavior"] = _ => new JinjaDict(),
        ["render_raw_columns_constraints"] = v => Method("render_raw_columns_constraints", "raw_columns", a => v.ByMacro("render_raw_columns_constraints", a)),
        ["render_raw_model_constraints"] = v => Method("render_raw_model_constraints", "raw_constraints", a => v.ByMacro("render_raw_model_constraints", a)),
        ["get_rows_different_sql"] = _ => Method("get_rows_different_sql", "relation_a, relation_b, column_names=None, except_operator='EXCEPT'", RowDifference.Sql),
        ["cache_dropped"] = _ => Method("cache_dropped", "relation", _ => null),
        ["cache_added"] = _ => Method("cache_added", "relation", _ => null),
        ["cache_renamed"] = _ => Method("cache_renamed", "from_relation, to_relation", _ => null),
    };

    private NodeContext Context => context;

    public override string TypeName => "adapter";

    public override bool TryGetAttribute(string name, out object? value)
    {
        if (Names.TryGet(this, name, out value)) return true;
        if (!WarehouseMembers.Table.ContainsKey(name)) return false;
        value = context.Session is { } session ? WarehouseMembers.Table[name](new(context, session)) : WarehouseMembers.WithoutWarehouse(name);
        return true;
    }

    /// <summary>PostgreSQL's type for a column of a table: of a seed as its file shows it, of another as its values do.</summary>
    private string TypeOf(object? table, int column)
    {
        if (context.Session?.Seed is { } seed && column < seed.Columns.Count) return seed.Columns[column].Guessed;
        return table is AgateTable agate && column < agate.Types.Count ? agate.Types[column].SqlType : "text";
    }

    /// <summary>Whether the project quotes this part of a name: database, schema or identifier.</summary>
    private bool Quotes(string part) => part switch { "database" => context.Node.Root.Quoting.Database, "schema" => context.Node.Root.Quoting.Schema, _ => context.Node.Root.Quoting.Identifier };

    private object? ByMacro(string name, BoundArguments a) => context.Node.Macros.Find(name, context.Node.Package) is { } macro ? context.Call(macro, a[0]) : new List<object?>();

    private ICallable Dispatch(string name, string? space)
    {
        var dot = name.IndexOf('.');
        if (dot > 0) (space, name) = (name[..dot], name[(dot + 1)..]);
        var found = context.Node.Macros.Dispatch(name, space, context.Node.Package);
        return found is null
            ? throw new TemplateException($"adapter.dispatch('{name}'): there is no macro postgres__{name} or default__{name}{(space is null ? "" : $" in {space} or the project")}")
            : context.Bind(found);
    }

    /// <summary>A project adds a strategy by a macro <c>get_incremental_NAME_sql</c>.</summary>
    private ICallable Strategy(string strategy)
    {
        var name = $"get_incremental_{strategy.Replace('+', '_')}_sql";
        return context.Node.Macros.Find(name, context.Node.Package) is { } found
            ? context.Bind(found)
            : throw new TemplateException($"there is no incremental strategy '{strategy}'", $"Expected append, delete+insert, merge or microbatch, or a macro {name} of the project.");
    }
}
