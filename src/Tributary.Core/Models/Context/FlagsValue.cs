namespace Tributary.Core.Models.Context;

/// <summary>dbt's <c>flags</c>.</summary>
internal sealed class FlagsValue(NodeContext context) : ContextObject
{
    private static readonly MemberTable<NodeContext> Members = new()
    {
        ["FULL_REFRESH"] = c => c.Run?.FullRefresh ?? false,
        ["WHICH"] = c => c.Node.Settings.Verb,
        ["STORE_FAILURES"] = c => c.Node.Settings.StoreFailures,
        ["EMPTY"] = _ => false,
        ["INTROSPECT"] = _ => true,
        ["PRINT"] = _ => true,
        ["FAIL_FAST"] = _ => false,
        ["WARN_ERROR"] = c => c.Node.Settings.WarnError,
        ["CACHE_SELECTED_ONLY"] = _ => false,
        ["INDIRECT_SELECTION"] = _ => "eager",
        ["PROFILES_DIR"] = c => c.Node.Root.Folder,
        ["TARGET_PATH"] = c => c.Node.Root.TargetPath,
        ["LOG_FORMAT"] = _ => "default",
    };

    public override string TypeName => "flags";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(context, name.ToUpperInvariant(), out value);
}
