using System.Globalization;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models.SourceFreshness;

/// <summary>What a source table says of its freshness. Where both limits are missing nothing is asked.</summary>
public sealed record FreshnessRule(FreshnessLimit? WarnAfter, FreshnessLimit? ErrorAfter, string? Filter)
{
    public bool IsEmpty => WarnAfter is null && ErrorAfter is null;

    /// <summary><c>pass</c>, <c>warn</c> or <c>error</c>.</summary>
    public string Judge(TimeSpan age) => age > ErrorAfter?.Span ? "error" : age > WarnAfter?.Span ? "warn" : "pass";

    /// <summary>
    /// Lays levels over one another, weakest first: the project's folders, the source, the table. Null switches off what is below it;
    /// a limit may be given in part, or be switched off by null too.
    /// </summary>
    public static FreshnessRule Of(IEnumerable<IReadOnlyDictionary<string, object?>?> levels, SourcePosition at)
    {
        IReadOnlyDictionary<string, object?>? merged = EmptyMap.Instance;
        foreach (var level in levels) merged = level is null ? null : Merge(merged ?? EmptyMap.Instance, level);
        return new FreshnessRule(Limit(merged, "warn_after", at), Limit(merged, "error_after", at), merged?.GetValueOrDefault("filter") is { } filter ? PythonText.Of(filter) : null);
    }

    private static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> below, IReadOnlyDictionary<string, object?> above)
    {
        var merged = new Dictionary<string, object?>(below, StringComparer.Ordinal);
        foreach (var (key, value) in above)
        {
            merged[key] = value is IReadOnlyDictionary<string, object?> map && below.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> lower ? Merge(lower, map) : value;
        }
        return merged;
    }

    private static FreshnessLimit? Limit(IReadOnlyDictionary<string, object?>? rule, string key, SourcePosition at)
    {
        if (rule?.GetValueOrDefault(key) is not IReadOnlyDictionary<string, object?> limit) return null;
        if (limit.GetValueOrDefault("count") is not { } count || limit.GetValueOrDefault("period") is not { } period) return null;
        var word = PythonText.Of(period);
        if (!long.TryParse(PythonText.Of(count), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
            throw new UserErrorException(ErrorCodes.InvalidValue, at, $"the count of {key} is '{count}'; expected a whole number");
        if (!FreshnessLimit.Periods.Contains(word))
            throw new UserErrorException(ErrorCodes.InvalidValue, at, $"the period of {key} is '{word}'; expected minute, hour or day", Nearest.Hint(word, FreshnessLimit.Periods));
        return new FreshnessLimit(number, word);
    }
}
