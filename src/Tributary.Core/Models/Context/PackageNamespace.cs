namespace Tributary.Core.Models.Context;

/// <summary>The macros of one package: <c>dbt_utils.star(…)</c>.</summary>
internal sealed class PackageNamespace(NodeContext context, string package) : ContextObject
{
    public override string TypeName => "package";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = context.Node.Macros.FindIn(package, name) is { } macro ? context.Bind(macro) : null;
        return value is not null;
    }

    public override string ToString() => package;
}
