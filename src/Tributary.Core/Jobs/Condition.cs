using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>What must hold for a step to run: a setting, a query of one Boolean, a variable of the environment.</summary>
public sealed record Condition(
    SourcePosition At,
    [Description("A setting; {name} stands for a parameter or a key of for_each.")] string? Setting = null,
    [Description("What the setting must be; default: true.")] object? Is = null,
    [Description("A query whose first value must be true; parameters as :name.")] string? Query = null,
    [Description("Variable of the environment; must be 1, true, yes or on.")] string? Env = null) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (new[] { Setting, Query, Env }.Count(key => key is not null) != 1) check.Refuse("when", "expected one of setting, query and env");
        if (Is is not null && Setting is null) check.Refuse("is", "it goes with setting only");
    }
}
