namespace Tributary.Synthetic.Engage;

/// <summary>What the answers of one response depend on.</summary>
internal sealed record AnswerContext(EngageWorld World, PatientStory Story, Chance Chance, DateTime Authored)
{
    /// <summary>Whether the response follows version 2.0 of its questionnaire, which asks more.</summary>
    public required bool IsVersion2 { get; init; }

    /// <summary>How unwell the person is now, from 0 to 1.</summary>
    public required double Severity { get; init; }

    /// <summary>Whether this response leaves out some of the items that everyone should answer.</summary>
    public required bool HasGaps { get; init; }
}
