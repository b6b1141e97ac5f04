namespace Tributary.Core.Text;

/// <summary>
/// One thing that is wrong in what the user wrote: what was found and expected, where, and what to do next.
/// <paramref name="Code"/> is one of <see cref="ErrorCodes"/>. Never holds a value from the data.
/// </summary>
public sealed record UserError(string Code, SourcePosition? At, string Message, string? Hint = null)
{
    /// <summary><c>file:line:column: TRB0001: message. hint</c></summary>
    public override string ToString()
    {
        var place = At is { } at ? $"{at}: " : "";
        var hint = Hint is null ? "" : $"\n  → {Hint}";
        return $"{place}{Code}: {Message}{hint}";
    }
}
