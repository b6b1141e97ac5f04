using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>The name of an index that a model's configuration asks for: the same for the same columns, so that it survives rebuilds.</summary>
internal static class IndexName
{
    public static string Of(RelationValue relation, JinjaDict index)
    {
        var columns = index.TryGet("columns", out var given) ? string.Join("_", Collections.Items(given is string one ? new List<object?> { one } : given).Select(PythonText.Of)) : "";
        var name = relation.Identifier ?? "";
        if (name.EndsWith("__dbt_tmp", StringComparison.Ordinal)) name = name[..^"__dbt_tmp".Length];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{PlainObject.ToJson(index, sorted: true)}")))[..8];
        return Identifier.Shorten($"{name}_{columns}", $"_{hash}");
    }
}
