using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>What turns a job on and off without a deploy: a variable of the environment or a setting.</summary>
public sealed record Switch(
    SourcePosition At,
    [Description("Variable of the environment; on when it is 1, true, yes or on.")] string? Env = null,
    [Description("A setting of type boolean; on when it is true.")] string? Setting = null) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Env is null == Setting is null) check.Refuse("switch", "expected one of env and setting");
    }

    /// <summary>What a variable's text means; what is not a word of yes is no.</summary>
    public static bool IsYes(string? text) => text?.Trim().ToLowerInvariant() is "1" or "true" or "yes" or "on";
}
