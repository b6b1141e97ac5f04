using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;

namespace Tributary.Core.Models.Microbatches;

/// <summary>Which batches a microbatch model builds now, by dbt's rules.</summary>
internal static class BatchPlan
{
    public static bool IsMicrobatch(ParsedNode node) => node.Config.Materialized == "incremental" && node.Config.Text("incremental_strategy") == "microbatch";

    /// <summary>A project that puts a macro of its own in the strategy's place gets its query whole, once.</summary>
    public static bool IsBuiltInBatches(ParsedNode node, MacroLibrary macros) =>
        IsMicrobatch(node) && macros.Find("get_incremental_microbatch_sql", node.Package)?.Package == EmbeddedMacros.Package
        && macros.Dispatch("get_incremental_microbatch_sql", EmbeddedMacros.Package, node.Package)?.Package == EmbeddedMacros.Package;

    /// <summary>In order of time; at least one. The last ends with the batch that the run's instant lies in, or where <c>--event-time-end</c> says.</summary>
    public static IReadOnlyList<EventBatch> Of(NodeConfig config, RunContext run, bool isIncremental)
    {
        var size = Size(config)!.Value; // discovery refuses a model without one
        var end = size.Ceiling(run.EventTimeEnd ?? run.AsOf.ToUniversalTime());
        var batches = new List<EventBatch>();
        for (var start = Start(config, size, end, run, isIncremental); batches.Count == 0 || start < end; start = size.Move(start, 1))
            batches.Add(size.Batch(start, size.Move(start, 1)));
        batches[^1] = batches[^1] with { End = end };
        return batches;
    }

    public static BatchSize? Size(NodeConfig config) => config.Text("batch_size") switch
    {
        "hour" => BatchSize.Hour,
        "day" => BatchSize.Day,
        "month" => BatchSize.Month,
        "year" => BatchSize.Year,
        _ => null,
    };

    /// <summary>The first event that the model is about; null when <c>begin</c> is absent or no time.</summary>
    public static DateTimeOffset? Begin(NodeConfig config) =>
        DateTimeOffset.TryParse(config.Text("begin"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var begin) ? begin : null;

    /// <summary>Batches before the last that may still have got events; 1 when nothing is said.</summary>
    public static int? Lookback(NodeConfig config) => config.Text("lookback") is not { } text ? 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var batches) ? batches : null;

    private static DateTimeOffset Start(NodeConfig config, BatchSize size, DateTimeOffset end, RunContext run, bool isIncremental)
    {
        if (run.EventTimeStart is { } start) return size.Floor(start);
        if (!isIncremental) return size.Floor(Begin(config)!.Value); // discovery refuses a model without it
        // The end begins a batch that is not built: one more before it.
        return size.Move(end, -(Lookback(config)!.Value + (size.Floor(end) == end ? 1 : 0)));
    }
}
