using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>How the project's folder follows a branch.</summary>
public sealed record GitPull(
    SourcePosition At,
    [Description("The branch to follow; default: the one that is checked out.")] string? Branch = null,
    [Description("The remote.")] string Remote = "origin") : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (!IsSafe(Remote)) check.Refuse("remote", "expected the name of a remote");
        if (Branch is not null && !IsSafe(Branch)) check.Refuse("branch", "expected the name of a branch");
    }

    /// <summary>Words that git could take for options or ranges are none.</summary>
    private static bool IsSafe(string name) =>
        name.Length is > 0 and < 200 && name[0] != '-' && !name.Contains("..", StringComparison.Ordinal) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '/' or '.');
}
