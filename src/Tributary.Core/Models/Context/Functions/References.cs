using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary><c>ref</c>, <c>source</c> and the <c>builtins</c> that hold them when a project puts macros of its own in their place.</summary>
internal static class References
{
    public static object Ref(NodeContext context) => new RefFunction(context);

    public static Function Source(NodeContext context) => new("source", "source_name, table_name=None", a =>
    {
        if (a[1] is null) throw new TemplateException("source() needs two names: the source and its table", "Write source('fhir', 'patient').");
        return context.Collector.Source(a.Text(0), a.Text(1), context.Here);
    });

    public static Function Changes(NodeContext context) => new("changes", "first, second=None, deleted=False", a =>
    {
        var (source, table) = a[1] is null ? (null, a.Text(0)) : (a.Text(0), a.Text(1));
        return context.Collector.Changes(source, table, a[2] is true, context.Here);
    });

    public static object Builtins(NodeContext context) => new JinjaDict { ["ref"] = Ref(context), ["source"] = Source(context), ["config"] = new ConfigValue(context) };

    /// <summary>Packages look through it at the project's settings: <c>builtins.ref.config</c>.</summary>
    private sealed class RefFunction(NodeContext context) : ContextObject, ICallable
    {
        private readonly Function call = new("ref", "first, second=None, version=None, v=None", a =>
        {
            var (package, name) = a[1] is null ? (null, a.Text(0)) : (a.Text(0), a.Text(1));
            return context.Collector.Ref(package, name, a[2] ?? a[3], context.Here);
        });

        public override string TypeName => "RefResolver";

        public object? Call(CallArguments arguments) => call.Call(arguments);

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch { "config" => new RuntimeConfig(context), "model" => context.Node.Picture(), _ => null };
            return value is not null;
        }
    }
}
