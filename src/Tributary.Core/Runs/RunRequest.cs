namespace Tributary.Core.Runs;

/// <summary>What was asked for, as the ledger keeps it: the verb, its arguments without secrets, the program's version.</summary>
public sealed record RunRequest(string Verb, IReadOnlyDictionary<string, string> Arguments, string ProgramVersion)
{
    /// <summary>The verb leaves dbt's artifacts in <c>target/</c>.</summary>
    public bool WritesArtifacts { get; init; }
}
