namespace Tributary.Core.Metrics;

/// <summary>What a value counts; a day without rows is 0 for a count and null for the others.</summary>
public enum MetricUnit
{
    Count,
    Percent,

    /// <summary>Any other number, such as a mean.</summary>
    Number,
}
