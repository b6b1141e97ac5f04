namespace Tributary.Core.Models.Context;

/// <summary>The macros of one package: <c>dbt_utils.star(…)</c>.</summary>
internal sealed class PackageNamespace(NodeContext context, string package) : ContextObject
{
    public override string TypeName => "package";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = context.In(package, name);
        return value is not null;
    }

    public override string ToString() => package;
}
