using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>What a load did so far, what it tells those who watch, and when it has met too many bad records.</summary>
internal sealed class LoadTally(RunContext context, SourceStream stream, string nodeId)
{
    private readonly List<string> firstRejects = [];
    private readonly Dictionary<string, long> leftOut = [];

    public Counts Total { get; private set; } = Counts.None;

    /// <summary>What the source holds and no stream reads, for the user; null when there is nothing.</summary>
    public string? Note => leftOut.Count == 0 ? null : "left out: " + string.Join(", ", leftOut
        .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value == 1 ? one.Key : $"{one.Value} {one.Key}"));

    public void See(RecordBatch batch)
    {
        foreach (var (what, count) in batch.LeftOut) leftOut[what] = leftOut.GetValueOrDefault(what) + count;
    }

    public void Add(Counts counts, string? file)
    {
        Total += counts;
        context.Progress.Report(new NodeProgress(nodeId, Total.Rows, Total.Bytes, file));
    }

    /// <summary>Throws TRB0402 when the load's rejects, these included, are more than <c>max_rejects</c>; called before they are committed.</summary>
    public void RefuseTooMany(IReadOnlyList<Reject> rejects)
    {
        firstRejects.AddRange(rejects.Take(3 - firstRejects.Count).Select(reject => $"{reject.File}:{reject.Line} ({reject.Code})"));
        if (stream.MaxRejects is not { } most || Total.Rejected + rejects.Count <= most) return;
        throw new UserErrorException(
            ErrorCodes.TooManyRejects, stream.Source.At,
            $"The load of {stream.Key} met {Total.Rejected + rejects.Count} bad records, and max_rejects is {most}. The first: {string.Join(", ", firstRejects)}.",
            "Correct the files or raise max_rejects. What was committed before is kept, and the next load goes on behind it.");
    }
}
