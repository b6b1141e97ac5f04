using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>What a load did so far, what it tells those who watch, and when it has met too many bad records.</summary>
internal sealed class LoadTally(RunContext context, SourceStream stream, string nodeId)
{
    private readonly List<string> firstRejects = [];
    private readonly Dictionary<string, long> leftOut = [];
    private readonly List<string> remarks = [];

    public Counts Total { get; private set; } = Counts.None;

    /// <summary>What the source holds and no stream reads, and what else it remarks; null when there is nothing.</summary>
    public string? Note => remarks.Count + leftOut.Count == 0 ? null : string.Join("; ", [.. remarks, .. LeftOut()]);

    public void See(RecordBatch batch)
    {
        if (batch.Remark is { } remark) remarks.Add(remark);
        foreach (var (what, count) in batch.LeftOut) leftOut[what] = leftOut.GetValueOrDefault(what) + count;
    }

    /// <summary>Something that the user should know of the load.</summary>
    public void Remark(string remark) => remarks.Add(remark);

    public void Add(Counts counts, string? file)
    {
        Total += counts;
        context.Progress.Report(new NodeProgress(nodeId, Total.Rows, Total.Bytes, file));
    }

    /// <summary>What is on its way and not yet done.</summary>
    public void Watch(long rows, long bytes) => context.Progress.Report(new NodeProgress(nodeId, rows, bytes, null));

    /// <inheritdoc cref="RefuseTooMany(IReadOnlyList{Reject}, long)"/>
    public void RefuseTooMany(IReadOnlyList<Reject> rejects) => RefuseTooMany(rejects, 0);

    /// <summary>Throws TRB0402 when the load's rejects, these included, are more than <c>max_rejects</c>; called before they are committed.</summary>
    public void RefuseTooMany(IReadOnlyList<Reject> rejects, long before)
    {
        firstRejects.AddRange(rejects.Take(3 - firstRejects.Count).Select(reject => $"{reject.File}:{reject.Line} ({reject.Code})"));
        var met = Total.Rejected + before + rejects.Count;
        if (stream.MaxRejects is not { } most || met <= most) return;
        throw new UserErrorException(
            ErrorCodes.TooManyRejects, stream.Source.At,
            $"The load of {stream.Key} met {met} bad records, and max_rejects is {most}. The first: {string.Join(", ", firstRejects)}.",
            "Correct the files or raise max_rejects. What was committed before is kept, and the next load goes on behind it.");
    }

    private IEnumerable<string> LeftOut()
    {
        var parts = leftOut.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Value == 1 ? one.Key : $"{one.Value} {one.Key}").ToList();
        if (parts.Count > 0) yield return "left out: " + string.Join(", ", parts);
    }
}
