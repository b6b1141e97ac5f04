using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>How often a step is tried again when all that failed in it failed for a passing reason: a network, a server that is away.</summary>
public sealed record Retries(
    SourcePosition At,
    [Description("How many times more.")] int Times,
    [Description("The wait before the first; it doubles each time.")][Default("30s")] TimeSpan Wait,
    [Description("The longest wait.")][Default("15m")] TimeSpan Longest) : IValidated
{
    /// <summary>Before attempt 2, 3 and so on.</summary>
    public TimeSpan Before(int attempt)
    {
        var wait = Wait * Math.Pow(2, Math.Min(attempt - 2, 30));
        return wait < Longest ? wait : Longest;
    }

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Times is < 1 or > 100) check.Refuse("times", $"{Times} is not in 1 to 100");
    }
}
