namespace Tributary.Core.Metrics;

/// <summary>How a metric becomes a value a day.</summary>
public enum MetricType
{
    /// <summary>Over the rows of the day.</summary>
    Simple,

    /// <summary>A numerator by a denominator: two expressions over the same rows, or two metrics of the catalogue.</summary>
    Ratio,

    /// <summary>Over all rows as they are now; one row for the day of each run, kept forever.</summary>
    Snapshot,

    /// <summary>Over the rows of the last <c>window_days</c> days, the day itself included; without them, since the beginning.</summary>
    Rolling,

    /// <summary>Over all rows up to the day.</summary>
    Cumulative,
}
