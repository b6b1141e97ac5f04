using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tributary.Core.Metrics;

/// <summary>
/// A checked entry of the catalogue with everything decided: its type, its zone, and of a ratio whether it divides expressions
/// or metrics. <see cref="Fingerprint"/> covers what changes its values and nothing else.
/// </summary>
public sealed record Metric
{
    public required MetricConfig Config { get; init; }

    public required MetricType Type { get; init; }

    public required string Zone { get; init; }

    /// <summary>The column of a row's day; null for a snapshot and for a ratio of metrics.</summary>
    public string? DateColumn { get; init; }

    /// <summary>The column of the organization; null when there is none.</summary>
    public string? Organization { get; init; }

    /// <summary>Numerator and denominator are ids of metrics.</summary>
    public bool DividesMetrics { get; init; }

    public string Id => Config.Id;

    /// <summary>The model that holds its rows.</summary>
    public string ModelName => $"metric_{Id}";

    /// <summary>Days before the day itself that still count; null: all of them.</summary>
    internal int? Reach => Type == MetricType.Cumulative ? null : Config.WindowDays - 1 ?? (Type == MetricType.Rolling ? null : 0);

    /// <summary>The columns that it needs by name, expressions left out.</summary>
    internal IEnumerable<(string Key, string Column)> NamedColumns =>
        new[] { ("date_column", DateColumn), ("entity_keys", Organization), ("dimension", Config.Dimension) }
            .Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!)); // the line before leaves null out

    /// <summary>The SQL expressions, each with its key and whether it is an aggregate.</summary>
    internal IEnumerable<(string Key, string Sql, bool IsAggregate)> Expressions =>
        new (string, string?, bool)[]
            {
                ("expression", Config.Expression, true), ("numerator", DividesMetrics ? null : Config.Numerator, true),
                ("denominator", DividesMetrics ? null : Config.Denominator, true), ("filter", Config.Filter, false),
            }
            .Where(part => part.Item2 is not null).Select(part => (part.Item1, part.Item2!, part.Item3)); // the line before leaves null out

    /// <summary>SHA-256, hex, of the definition; white space in its SQL does not count.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[]
    {
        $"{Type}", $"{Config.Unit}", Config.SourceModel,
        Plain(Config.Expression), Plain(Config.Numerator), Plain(Config.Denominator), Plain(Config.Filter),
        DateColumn, Organization, Config.Dimension, Zone, $"{Config.WindowDays}", $"{Config.SuppressBelow}",
    }))));

    private static string? Plain(string? sql) =>
        sql is null ? null : string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
