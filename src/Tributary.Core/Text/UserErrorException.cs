namespace Tributary.Core.Text;

/// <summary>The project is wrong: carries all problems found so far, to be printed together (exit status 2).</summary>
public sealed class UserErrorException : Exception
{
    public UserErrorException(IReadOnlyList<UserError> errors)
        : base(string.Join("\n", errors)) => Errors = errors;

    public UserErrorException(string code, SourcePosition? at, string message, string? hint = null)
        : this([new UserError(code, at, message, hint)])
    {
    }

    /// <summary>Every problem, in the order in which they were found; never empty.</summary>
    public IReadOnlyList<UserError> Errors { get; }
}
