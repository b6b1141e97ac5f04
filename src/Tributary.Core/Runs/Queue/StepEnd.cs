namespace Tributary.Core.Runs.Queue;

/// <summary>How the work on a step ended.</summary>
public abstract record StepEnd
{
    public sealed record Succeeded(string? Note = null) : StepEnd;

    /// <summary>With <paramref name="Again"/> it is tried again after that time.</summary>
    public sealed record Failed(string Because, TimeSpan? Again = null) : StepEnd;

    public sealed record Skipped(string Because) : StepEnd;

    /// <summary>The step becomes these items, each a step by itself.</summary>
    public sealed record Expanded(IReadOnlyList<(string Name, IReadOnlyDictionary<string, object?> Vars)> Items) : StepEnd;

    /// <summary>Not done by this process; somebody else goes on.</summary>
    public sealed record HandedBack : StepEnd;
}
