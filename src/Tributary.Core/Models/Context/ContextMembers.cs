using System.Collections.Frozen;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Context.Time;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>The names that dbt puts into every template, each made when it is first read. A new one is a new line here.</summary>
internal static class ContextMembers
{
    private static readonly FrozenDictionary<string, Func<NodeContext, object?>> Table = new Dictionary<string, Func<NodeContext, object?>>
    {
        ["ref"] = References.Ref,
        ["source"] = References.Source,
        ["changes"] = References.Changes,
        ["config"] = context => new ConfigValue(context),
        ["var"] = context => new VarFunction(context.Node.Variables, context.Node.At.File, context.Templates, isParsing: !context.IsExecuting),
        ["env_var"] = context => EnvironmentFunction.Make(context.Node.Settings),
        ["builtins"] = References.Builtins,
        ["this"] = context => context.Node.This,
        ["model"] = Model,
        ["graph"] = context => context.Node.Graph(),
        ["target"] = context => TargetValue.Of(context.Node.Settings.Target),
        ["env"] = context => TargetValue.Of(context.Node.Settings.Target),
        ["database"] = context => context.Node.This.Database,
        ["schema"] = context => context.Node.This.Schema,
        ["execute"] = context => context.IsExecuting,
        ["flags"] = context => new FlagsValue(context),
        ["adapter"] = context => new AdapterValue(context),
        ["api"] = context => new ApiValue(context),
        ["exceptions"] = context => new ExceptionsValue(context),
        ["modules"] = context => new ModulesValue(context),
        ["log"] = Messages.Log,
        ["print"] = Messages.Print,
        ["render"] = context => new Function("render", "string", a => Jinja.Template.Parse(a.Text(0), context.Node.At.File).Render(context.Templates)),
        ["load_result"] = Statements.Load,
        ["store_result"] = Statements.Store,
        ["store_raw_result"] = Statements.StoreRaw,
        ["load_agate_table"] = context => new Function("load_agate_table", "", _ => context.Session?.ReadSeed()),
        ["invocation_id"] = Invocation.Id,
        ["run_started_at"] = context => DateTimeValue.OfUtc(context.Now),
        ["as_of"] = AsOf.Instant,
        ["as_of_date"] = AsOf.Day,
        ["setting"] = Settings.Function,
        ["period"] = PeriodValue.Of,
        ["dbt_version"] = _ => Packages.DbtRelease.Version,
        ["project_name"] = context => context.Node.Root.Name,
        ["thread_id"] = _ => "Thread-1",
        ["invocation_args_dict"] = Invocation.Arguments,
        ["selected_resources"] = context => context.Run?.Traces.Chosen.ToList<object?>() ?? [],
        ["dbt_metadata_envs"] = context => PlainObject.ToDict(context.Node.Settings.Call.Metadata),
        ["context"] = context => new ContextView(context),
        ["doc"] = _ => new Function("doc", "*names", _ => ""),
        ["tojson"] = TextFunctions.ToJson,
        ["fromjson"] = TextFunctions.FromJson,
        ["toyaml"] = TextFunctions.ToYaml,
        ["fromyaml"] = TextFunctions.FromYaml,
        ["local_md5"] = TextFunctions.Md5,
        ["set"] = _ => new Function("set", "value, default=None", a => Collections.Set(a) ?? a[1]),
        ["set_strict"] = _ => new Function("set_strict", "value", a => Collections.Set(a) ?? throw new Jinja.TemplateException("set_strict() needs something to loop over")),
        ["zip"] = _ => new Function("zip", "*args, default=None", a => Collections.Zip(a) ?? a[0]),
        ["zip_strict"] = _ => new Function("zip_strict", "*args", a => Collections.Zip(a) ?? throw new Jinja.TemplateException("zip_strict() needs things to loop over")),
        ["diff_of_two_dicts"] = _ => new Function("diff_of_two_dicts", "dict_a, dict_b", Collections.Difference),
        ["pre_hooks"] = context => Hooks.Of(context, "pre_hook"),
        ["post_hooks"] = context => Hooks.Of(context, "post_hook"),
        ["write"] = _ => new Function("write", "payload", _ => ""),
        ["debug"] = _ => new Function("debug", "", _ => ""),
        ["try_or_compiler_error"] = context => new Function("try_or_compiler_error", "message_if_exception, func, *args, **kwargs", a => Invocation.Try(context, a)),
    }.ToFrozenDictionary();

    /// <summary>The materializations pass it to macros that mostly do not look at it.</summary>
    private static JinjaDict Model(NodeContext context)
    {
        var sql = context.CompiledSql;
        return JinjaDict.Later(() => Model(context, sql));
    }

    private static JinjaDict Model(NodeContext context, string? sql)
    {
        var picture = context.Node.Picture();
        if (sql is not null) picture["compiled_code"] = picture["compiled_sql"] = sql;
        if (context.Run?.Batch is { } batch)
        {
            picture["batch"] = new JinjaDict { ["id"] = batch.Id, ["event_time_start"] = DateTimeValue.OfUtc(batch.Start), ["event_time_end"] = DateTimeValue.OfUtc(batch.End) };
        }
        return picture;
    }

    public static IEnumerable<string> Names => Table.Keys;

    public static bool TryMake(NodeContext context, string name, out object? value)
    {
        var known = Table.TryGetValue(name, out var make);
        value = known ? make!(context) : null;
        return known;
    }
}
