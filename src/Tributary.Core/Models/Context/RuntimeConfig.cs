using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>The project's own settings as dbt keeps them; packages reach it by <c>builtins.ref.config</c>.</summary>
internal sealed class RuntimeConfig(NodeContext context) : ContextObject
{
    private static readonly MemberTable<NodeContext> Members = new()
    {
        ["project_name"] = c => c.Node.Root.Name,
        ["version"] = c => c.Node.Root.Version,
        ["profile_name"] = c => c.Node.Settings.Target.ProfileName,
        ["target_name"] = c => c.Node.Settings.Target.Name,
        ["threads"] = c => (long)c.Node.Settings.Target.Threads,
        ["project_root"] = c => c.Node.Root.Folder,
        ["target_path"] = c => c.Node.Root.TargetPath,
        ["model_paths"] = c => c.Node.Root.ModelPaths.ToList<object?>(),
        ["macro_paths"] = c => c.Node.Root.MacroPaths.ToList<object?>(),
        ["seed_paths"] = c => c.Node.Root.SeedPaths.ToList<object?>(),
        ["test_paths"] = c => c.Node.Root.TestPaths.ToList<object?>(),
        ["credentials"] = c => TargetValue.Of(c.Node.Settings.Target),
        ["cli_vars"] = c => PlainObject.ToDict(c.Node.Settings.Vars),
        ["args"] = c => new FlagsValue(c),
        ["vars"] = c => new HostObject("VarProvider") { ["vars"] = PlainObject.ToDict(c.Node.Root.Vars), ["to_dict"] = Method("to_dict", "", _ => PlainObject.ToDict(c.Node.Root.Vars)) },
        ["dependencies"] = Dependencies,
        ["load_dependencies"] = c => Method("load_dependencies", "base_only=False", _ => Dependencies(c)),
        ["get_macro_search_order"] = c => Method("get_macro_search_order", "macro_namespace",
            a => c.Node.Root.Dispatch.TryGetValue(a.Text(0), out var order) ? order.ToList<object?>() : null),
    };

    public override string TypeName => "RuntimeConfig";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(context, name, out value);

    /// <summary>The project and its packages by name, each with what is known of it.</summary>
    private static JinjaDict Dependencies(NodeContext context)
    {
        var dependencies = new JinjaDict();
        foreach (var package in context.Node.Packages)
        {
            dependencies[package.Name] = new JinjaDict
            {
                ["project_name"] = package.Name,
                ["version"] = package.Version,
                ["project_root"] = package.Folder,
                ["vars"] = PlainObject.ToDict(package.Vars),
            };
        }
        return dependencies;
    }
}
