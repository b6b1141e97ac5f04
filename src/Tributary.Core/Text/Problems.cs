namespace Tributary.Core.Text;

/// <summary>Collects everything that is wrong, so that the user sees it all at once.</summary>
public sealed class Problems
{
    private readonly List<UserError> errors = [];
    private readonly List<UserError> warnings = [];

    /// <summary>What was found so far, in that order.</summary>
    public IReadOnlyList<UserError> Errors => errors;

    /// <summary>What stops nothing and deserves a look.</summary>
    public IReadOnlyList<UserError> Warnings => warnings;

    public int Count => errors.Count;

    public void Add(UserError error) => errors.Add(error);

    public void Add(string code, SourcePosition? at, string message, string? hint = null) =>
        errors.Add(new UserError(code, at, message, hint));

    public void Warn(string code, SourcePosition? at, string message, string? hint = null) =>
        warnings.Add(new UserError(code, at, message, hint));

    /// <summary>Keeps the problems of a part that could not go on.</summary>
    public void Add(UserErrorException exception) => errors.AddRange(exception.Errors);

    /// <summary>Takes over what another collection holds.</summary>
    public void Add(Problems others)
    {
        errors.AddRange(others.errors);
        warnings.AddRange(others.warnings);
    }

    /// <summary>Throws one <see cref="UserErrorException"/> with all problems, in the order of files and lines.</summary>
    public void ThrowIfAny()
    {
        if (errors.Count == 0) return;
        throw new UserErrorException([.. errors
            .OrderBy(error => error.At?.File, StringComparer.Ordinal)
            .ThenBy(error => error.At?.Line)
            .ThenBy(error => error.At?.Column)]);
    }
}
