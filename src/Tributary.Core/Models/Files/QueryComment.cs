namespace Tributary.Core.Models.Files;

/// <summary>
/// The comment that a project wants on every statement: a template (most often a call of a macro), put before the statement or
/// behind it. Empty: none.
/// </summary>
public sealed record QueryComment(string Template, bool Append)
{
    public static readonly QueryComment None = new("", Append: false);
}
