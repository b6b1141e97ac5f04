using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context.Functions;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// The hooks of a node that are templates. They are rendered with the node's own text while references are collected: what a hook
/// reads is built before the node.
/// </summary>
internal static class HookTemplates
{
    private static readonly string[] Keys = ["pre_hook", "post_hook"];

    public static IEnumerable<Template> Of(NodeConfig config, string file) => Keys
        .SelectMany(key => Hooks.Of(config[key], isAfter: key == "post_hook").Cast<JinjaDict>())
        .Select(hook => hook.TryGet("sql", out var sql) ? sql as string ?? "" : "")
        .Where(sql => sql.Contains("{{", StringComparison.Ordinal) || sql.Contains("{%", StringComparison.Ordinal))
        .Select(sql => Template.Parse(sql, file));
}
