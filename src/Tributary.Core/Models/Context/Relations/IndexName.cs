using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>The name of an index that a model's configuration asks for: the same for the same columns, so that it survives rebuilds.</summary>
internal static class IndexName
{
    private const string Beside = "__dbt_tmp";
    private const string Passing = "__tmp";

    /// <summary>Of a relation that is built beside: a passing name that no other run uses, because the one that stands has the index too; the swap gives it the lasting one.</summary>
    public static string Of(RelationValue relation, JinjaDict index, string run)
    {
        var columns = index.TryGet("columns", out var given) ? string.Join("_", Collections.Items(given is string one ? new List<object?> { one } : given).Select(PythonText.Of)) : "";
        var name = relation.Identifier ?? "";
        var isBeside = name.EndsWith(Beside, StringComparison.Ordinal);
        if (isBeside) name = name[..^Beside.Length];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{PlainObject.ToJson(index, sorted: true)}")))[..8];
        var ending = $"{Passing}{(run.Length > 8 ? run[^8..] : run)}";
        var passing = Identifier.Shorten($"{name}_{columns}", $"_{hash}{ending}");
        return isBeside ? passing : passing[..^ending.Length];
    }
}
