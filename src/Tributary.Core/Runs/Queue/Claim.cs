using System.Globalization;

namespace Tributary.Core.Runs.Queue;

/// <summary>A step that this process holds, under a number that nobody else has.</summary>
public sealed record Claim(
    long JobRun, int Step, int Item, string Name, IReadOnlyDictionary<string, object?> Vars, long Fence, int Attempt, int Lost,
    string Job, IReadOnlyDictionary<string, object?> Parameters, DateTimeOffset? Due)
{
    /// <summary>What the sessions of the step carry (<c>tributary.lease</c>).</summary>
    public string Lease => string.Create(CultureInfo.InvariantCulture, $"{JobRun}.{Step}.{Item}.{Fence}");

    /// <summary>The same for every holder: by it a step that was done already is known.</summary>
    public string Identity => string.Create(CultureInfo.InvariantCulture, $"{JobRun}.{Step}.{Item}");
}
