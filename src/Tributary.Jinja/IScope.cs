namespace Tributary.Jinja;

/// <summary>
/// The names that a template finds outside itself (ref, var, macros of the project). Asked each time a name is read,
/// so what a name means may be decided late; a name that is not found is undefined.
/// </summary>
public interface IScope
{
    bool TryGet(string name, out object? value);

    /// <summary>Every known name, for "did you mean" only.</summary>
    IEnumerable<string> Names { get; }
}
