using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Privacy;

/// <summary>A column whose findings somebody looked at and judged to be no leak.</summary>
public sealed record LeakException(
    SourcePosition At,
    [Description("relation.column, as the report names it; globs work.")] string Column,
    [Description("Why it is no leak.")] string Reason) : IValidated
{
    public void Validate(Validation check)
    {
        if (!Column.Contains('.')) check.Refuse("column", $"'{Column}' names no relation", "Write relation.column, as the report does.");
        if (string.IsNullOrWhiteSpace(Reason)) check.Refuse("reason", "an exception needs its reason");
    }
}
