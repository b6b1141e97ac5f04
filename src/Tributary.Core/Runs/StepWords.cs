using System.Text.Json;
using System.Text.Json.Serialization;
using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>An outcome in the words of the ledger and of <c>--json</c>.</summary>
public static class StepWords
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "succeeded",
        Outcome.Warned => "warned",
        Outcome.Failed => "failed",
        _ => "skipped",
    };

    public static string? Because(Outcome outcome) => outcome switch
    {
        Outcome.Failed failed => failed.Error.ToString(),
        Outcome.Warned warned => warned.Warning.ToString(),
        Outcome.Skipped skipped => skipped.Because,
        Outcome.Succeeded succeeded => succeeded.Note,
        _ => null,
    };

    public static Counts CountsOf(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded succeeded => succeeded.Counts,
        Outcome.Warned warned => warned.Counts,
        Outcome.Failed { Counts: { } counts } => counts,
        _ => Counts.None,
    };

    public static string CountsJson(Outcome outcome) => JsonSerializer.Serialize(CountsOf(outcome), Json);
}
