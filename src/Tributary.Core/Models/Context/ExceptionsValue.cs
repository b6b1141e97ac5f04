using Tributary.Core.Models.Context.Functions;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>dbt's <c>exceptions</c>: a template that stops its node or warns.</summary>
internal sealed class ExceptionsValue(NodeContext context) : ContextObject
{
    private static readonly MemberTable<NodeContext> Members = new()
    {
        ["warn"] = c => Method("warn", "msg, node=None", a => Messages.Warn(c, a.Context.TextOf(a[0]))),
        ["missing_config"] = _ => Fails("missing_config", "model, name", a => $"the configuration needs '{a.Context.TextOf(a[1])}'"),
        ["missing_materialization"] = _ => Fails("missing_materialization", "model, adapter_type='postgres'", a => $"{a.Context.TextOf(a[0])} has a materialization that nothing defines"),
        ["missing_relation"] = _ => Fails("missing_relation", "relation, model=None", a => $"the relation {a.Context.TextOf(a[0])} is not there"),
        ["relation_wrong_type"] = _ => Fails("relation_wrong_type", "relation, expected_type, model=None", WrongType),
        ["column_type_missing"] = _ => Fails("column_type_missing", "column_names", a => $"a contract needs a data_type on every column; without one: {a.Context.TextOf(a[0])}"),
        ["raise_compiler_error"] = _ => Fails("raise_compiler_error", "msg, node=None", a => a.Context.TextOf(a[0])),
        ["raise_not_implemented"] = _ => Fails("raise_not_implemented", "msg", a => a.Context.TextOf(a[0])),
        ["raise_contract_error"] = _ => Method("raise_contract_error", "yaml_columns, sql_columns", ContractError.Raise),
        ["raise_ambiguous_alias"] = _ => Fails("raise_ambiguous_alias", "node_1, node_2, duped_name=None", a => $"two nodes would be written to {a.Context.TextOf(a[2])}"),
        ["warn_snapshot_timestamp_data_types"] = c => Method("warn_snapshot_timestamp_data_types", "snapshot_time_data_type, updated_at_data_type",
            a => Messages.Warn(c, $"the snapshot's time is {a.Context.TextOf(a[0])} and updated_at is {a.Context.TextOf(a[1])}: cast one of them, so that both are of one type")),
    };

    public override string TypeName => "exceptions";

    /// <summary>Any other <c>raise_…</c> of dbt stops the node with its first argument.</summary>
    public override bool TryGetAttribute(string name, out object? value)
    {
        if (Members.TryGet(context, name, out value)) return true;
        value = name.StartsWith("raise_", StringComparison.Ordinal) ? Fails(name, "msg, *args, **kwargs", a => a.Context.TextOf(a[0])) : null;
        return value is not null;
    }

    private static Function Fails(string name, string parameters, Func<BoundArguments, string> message) =>
        Method(name, parameters, a => throw new TemplateException(message(a)));

    private static string WrongType(BoundArguments a)
    {
        var type = a[0] is Relations.RelationValue relation ? relation.Type : null;
        return $"{a.Context.TextOf(a[0])} is {(type is null ? "of another kind" : $"a {type}")} and should be {a.Context.TextOf(a[1])}: drop or rename it and build the model again";
    }
}
