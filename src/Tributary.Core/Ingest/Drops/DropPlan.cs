using System.Globalization;
using Tributary.Core.Ingest.Datasets;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Says from names, sizes, times and earlier states alone what is to be done for one stream, oldest drop first. Pure.</summary>
internal sealed class DropPlan(DropSource source, SourceStream stream, IReadOnlyList<DropState> states, string contract, DateTimeOffset now)
{
    private readonly Dataset dataset = source.DatasetOf(stream);
    private readonly DropRules rules = source.Drops;
    private readonly Dictionary<string, DropState> known = states.ToDictionary(state => state.Drop);

    /// <summary>The steps that are due; drops that are settled give none. Drops in the order of their instants.</summary>
    public IReadOnlyList<DropStep> Of(IReadOnlyList<Drop> drops)
    {
        var steps = new List<DropStep>();
        var previous = (Link?)null;
        foreach (var drop in drops)
        {
            var state = known.GetValueOrDefault(drop.Name);
            if (state?.State == DropState.Skipped)
            {
                previous = new Link(drop.Name, drop.At); // whoever skips a link closes the chain over it
                continue;
            }
            var files = FilesOf(drop);
            var signature = Drop.SignatureOf(files);
            var isSettled = state is { State: DropState.Taken or DropState.Passed } && state.Signature == signature;
            if (!isSettled) steps.Add(StepOf(drop, files, signature, state, Later(previous, LastSettled(drop.At))));
            if (isSettled || steps[^1].Verdict is DropVerdict.Take or DropVerdict.Pass) previous = new Link(drop.Name, drop.At);
        }
        return steps;
    }

    /// <summary>A held drop is looked at again when its files or the dataset's declaration change.</summary>
    public static string HeldSignature(string signature, string contract) => $"{signature}:{contract}";

    /// <summary>Files of a drop that belong to no dataset; the marker is known.</summary>
    public static IEnumerable<DropFile> Strangers(DropSource source, Drop drop)
    {
        var wanted = source.ListStreams().Select(stream => new DatasetFiles(source.DatasetOf(stream), stream.Name)).ToList();
        return drop.Files.Where(file => file.Name != source.Drops.Marker && !wanted.Exists(one => one.Owns(file)));
    }

    // Drops that were taken and cleared away since belong to the chain as much as those that still lie there.
    private Link? LastSettled(DateTimeOffset before) => states
        .Where(state => state.At < before && (state.State is DropState.Taken or DropState.Passed or DropState.Skipped))
        .Select(state => (Link?)new Link(state.Drop, state.At)).MaxBy(link => link!.Value.At); // a link each

    private static Link? Later(Link? one, Link? other) => one is null || (other is not null && other.Value.At > one.Value.At) ? other : one;

    private readonly record struct Link(string Name, DateTimeOffset At);

    private List<DropFile> FilesOf(Drop drop) =>
        [.. drop.Files.Where(new DatasetFiles(dataset, stream.Name).Owns).OrderBy(file => file.Name, StringComparer.Ordinal)];

    private DropStep StepOf(Drop drop, List<DropFile> files, string signature, DropState? state, Link? previous)
    {
        var isAccepted = state is { State: DropState.Accepted } && state.Signature == signature;
        var step = new DropStep(drop, files, signature, DropVerdict.Take, null, isAccepted);
        if (isAccepted) return files.Count > 0 ? step : step with { Verdict = DropVerdict.Pass, Because = "accepted without a file of this dataset" };
        if (Unfinished(drop) is { } waiting) return step with { Verdict = DropVerdict.Wait, Because = waiting };
        if (state is { State: DropState.Held } && state.Signature == HeldSignature(signature, contract) && !IsChainState(state))
            return step with { Verdict = DropVerdict.Hold, Because = state.Because, CanAccept = state.CanAccept };
        if (rules.UnknownFiles == UnknownFiles.Hold && Strangers(source, drop).FirstOrDefault() is { } stranger)
            return step with { Verdict = DropVerdict.Hold, Because = $"the file {stranger.Name} belongs to no dataset" };
        if (Doubled(files) is { } twice) return step with { Verdict = DropVerdict.Hold, Because = twice, CanAccept = false };
        if (Missing(drop, files) is { } missing)
            return step with { Verdict = dataset.OnMissing == MissingFile.Hold ? DropVerdict.Hold : DropVerdict.Pass, Because = missing };
        if (Gap(drop, previous) is { } gap) return step with { Verdict = DropVerdict.Hold, Because = gap };
        return step;
    }

    // A gap closes by itself when the missing drop comes.
    private static bool IsChainState(DropState state) => state.Because?.StartsWith(GapWords, StringComparison.Ordinal) == true;

    private const string GapWords = "a drop seems to be missing";

    private string? Gap(Drop drop, Link? before)
    {
        if (dataset.MaxGap is not { } most || before is not { } previous || drop.At - previous.At <= most) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"{GapWords} before it: {(drop.At - previous.At).TotalHours:0.#} hours lie between {previous.Name} and {drop.Name}, and max_gap is {most.TotalHours:0.#} hours");
    }

    private string? Unfinished(Drop drop)
    {
        if (rules.Marker is { } marker) return drop.Files.Any(file => file.Name == marker) ? null : $"its marker {marker} is not there";
        var still = now - drop.ChangedAt;
        if (still < rules.QuietTime) return string.Create(CultureInfo.InvariantCulture, $"it changed {Math.Max(0, still.TotalSeconds):0} s ago, and drops.quiet is {rules.QuietTime.TotalSeconds:0} s");
        if (still >= rules.PatienceTime) return null;
        var lacking = source.ListStreams().SelectMany(one => new DatasetFiles(source.DatasetOf(one), one.Name).Lacking(drop)).Take(4).ToList();
        return lacking.Count == 0 ? null : $"{string.Join(", ", lacking.Take(3))}{(lacking.Count > 3 ? " …" : "")} {(lacking.Count == 1 ? "is" : "are")} not there";
    }

    private string? Missing(Drop drop, List<DropFile> files)
    {
        var lacking = new DatasetFiles(dataset, stream.Name).Lacking(drop).ToList();
        if (files.Count > 0 && lacking.Count == 0) return null;
        var strangers = Strangers(source, drop).Take(3).Select(file => file.Name).ToList();
        var hint = strangers.Count == 0 ? "" : $"; {string.Join(", ", strangers)} belongs to no dataset: if it was renamed, add the new name under `files`";
        return $"it has no file {string.Join(", ", lacking)}{hint}";
    }

    private static string? Doubled(List<DropFile> files)
    {
        var twice = files.GroupBy(file => file.PlainName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"it has the file {twice.Key} {twice.Count()} times: {string.Join(", ", twice.Select(file => file.Name))}";
    }
}
