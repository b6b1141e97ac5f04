using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>dbt's <c>flags</c>: how the program was called, and the <c>flags:</c> of the project.</summary>
internal sealed class FlagsValue(NodeContext context) : ContextObject
{
    private static readonly MemberTable<NodeContext> Members = new()
    {
        ["FULL_REFRESH"] = c => c.Run?.FullRefresh ?? false,
        ["WHICH"] = c => c.Node.Settings.Verb,
        ["STORE_FAILURES"] = c => c.Node.Settings.StoreFailures,
        ["EMPTY"] = c => c.Node.Settings.Empty,
        ["INTROSPECT"] = _ => true,
        ["PRINT"] = _ => true,
        ["NO_PRINT"] = _ => null,
        ["QUIET"] = _ => false,
        ["DEBUG"] = _ => false,
        ["FAIL_FAST"] = _ => false,
        ["WARN_ERROR"] = c => c.Node.Settings.WarnError,
        ["WARN_ERROR_OPTIONS"] = _ => new JinjaDict { ["include"] = new List<object?>(), ["exclude"] = new List<object?>() },
        ["WRITE_JSON"] = _ => true,
        ["PARTIAL_PARSE"] = _ => true,
        ["STATIC_PARSER"] = _ => true,
        ["USE_EXPERIMENTAL_PARSER"] = _ => false,
        ["USE_COLORS"] = _ => false,
        ["VERSION_CHECK"] = _ => true,
        ["SEND_ANONYMOUS_USAGE_STATS"] = _ => false,
        ["LOG_CACHE_EVENTS"] = _ => false,
        ["CACHE_SELECTED_ONLY"] = _ => false,
        ["PRINTER_WIDTH"] = _ => 80L,
        ["INDIRECT_SELECTION"] = _ => "eager",
        ["PROFILES_DIR"] = c => c.Node.Root.Folder,
        ["PROJECT_DIR"] = c => c.Node.Root.Folder,
        ["TARGET_PATH"] = c => c.Node.Root.TargetPath,
        ["LOG_PATH"] = _ => "logs",
        ["LOG_FORMAT"] = _ => "default",
        ["INVOCATION_COMMAND"] = c => $"dbt {c.Node.Settings.Verb}",
        ["EVENT_TIME_START"] = _ => null,
        ["EVENT_TIME_END"] = _ => null,
    };

    public override string TypeName => "flags";

    /// <summary>What the call said comes before what is usual.</summary>
    public override bool TryGetAttribute(string name, out object? value)
    {
        if (name is not "WHICH" && context.Node.Settings.Call.Arguments.TryGetValue(name.ToLowerInvariant(), out value) && value is not null)
        {
            value = PlainObject.ToTemplate(value);
            return true;
        }
        if (Members.TryGet(context, name.ToUpperInvariant(), out value)) return true;
        value = name == "get" ? Method("get", "name, default=None", a => TryGetAttribute(a.Text(0), out var found) ? found : a[1]) : null;
        return value is not null;
    }
}
