using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Context.Time;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>
/// <c>config(materialized='table', …)</c> in a model's file, and <c>config.get</c>, <c>config.require</c> and the like. While
/// references are collected a read of it is empty, because it is not known yet.
/// </summary>
internal sealed class ConfigValue(NodeContext context) : ContextObject, ICallable
{
    private static readonly MemberTable<ConfigValue> Members = new()
    {
        ["get"] = c => Method("get", "name, default=None, validator=None", a => c.Read(a.Text(0), a[1])),
        ["require"] = c => Method("require", "name, validator=None", a => c.Require(a.Text(0))),
        ["set"] = c => Method("set", "name, value", a => c.Configure([KeyValuePair.Create(a.Text(0), PlainObject.From(a[1]))])),
        ["meta_get"] = c => Method("meta_get", "name, default=None, validator=None", a => c.Meta(a.Text(0)) ?? a[1]),
        ["meta_require"] = c => Method("meta_require", "name, validator=None", a => c.Meta(a.Text(0)) ?? throw Missing("meta." + a.Text(0))),
        ["persist_relation_docs"] = c => Method("persist_relation_docs", "", _ => c.Persists("relation")),
        ["persist_column_docs"] = c => Method("persist_column_docs", "", _ => c.Persists("columns")),
        ["model"] = c => c.Context.Node.Picture(),
    };

    private NodeContext Context => context;

    public override string TypeName => "config";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public object? Call(CallArguments arguments)
    {
        if (arguments.Positional is [JinjaDict dict]) return Configure(dict.Select(entry => KeyValuePair.Create(PythonText.Of(entry.Key), PlainObject.From(entry.Value))));
        if (arguments.Positional.Count > 0) throw new TemplateException("config() takes named values", "Write config(materialized='table').");
        return Configure(arguments.Named.Select(pair => KeyValuePair.Create(pair.Key, PlainObject.From(pair.Value))));
    }

    public override string ToString() => "";

    private string Configure(IEnumerable<KeyValuePair<string, object?>> values)
    {
        context.Collector.Configure(values);
        return "";
    }

    private object? Read(string name, object? usual)
    {
        if (!context.IsExecuting) return ""; // as in dbt, whatever default the call names
        if (context.Run?.Batch is { } batch && name.StartsWith("__dbt_internal_microbatch_event_time_", StringComparison.Ordinal))
            return DateTimeValue.OfUtc(name.EndsWith("_start", StringComparison.Ordinal) ? batch.Start : batch.End);
        if (name == "snapshot_table_column_names") return SnapshotTarget.ColumnNames(context.Node.Config);
        var key = ConfigMerge.Key(name);
        if (context.Node.Config.Values.TryGetValue(key, out var value) && value is not null) return PlainObject.ToTemplate(value);
        return ConfigDefaults.Of(context.Node.Kind).TryGetValue(key, out var known) ? PlainObject.ToTemplate(known) : usual;
    }

    private object? Require(string name) =>
        !context.IsExecuting ? "" : context.Node.Config[name] is { } value ? PlainObject.ToTemplate(value) : throw Missing(name);

    private object? Meta(string name) => PlainObject.ToTemplate(context.Node.Config.Meta.GetValueOrDefault(name));

    private object Persists(string part) =>
        context.Node.Config["persist_docs"] is IReadOnlyDictionary<string, object?> parts && parts.GetValueOrDefault(part) is true;

    private static TemplateException Missing(string name) =>
        new($"the configuration needs '{name}', and nothing sets it", $"Write config({name}=…) in the model or set it in its YAML.");
}
