using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running.Hooks;

/// <summary>States and kinds of nodes are enumerations to dbt: <c>result.status.name</c> is <c>Success</c>, <c>node.resource_type.value</c> is <c>model</c>.</summary>
internal static class EnumMember
{
    public static string Of(string value) => NamedText.Of(value, string.Concat(value.Split('_', ' ', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
