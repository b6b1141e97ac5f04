using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing;

/// <summary>Turns a template's error into the user's: file, line and column, and the macro calls that led there.</summary>
internal static class TemplateErrors
{
    /// <summary><paramref name="fallback"/> is the place when the error has none.</summary>
    public static UserError Of(TemplateException error, SourcePosition fallback)
    {
        if (error.InnerException is UserErrorException { Errors: [var only] }) return only with { At = only.At ?? Place(error) ?? fallback };
        var calls = string.Concat(error.Calls.Select(call => $"\n  in {call.Macro}, called at {call.CalledAt}"));
        return new UserError(ErrorCodes.TemplateError, Place(error) ?? fallback, error.Message + calls, error.Hint);
    }

    private static SourcePosition? Place(TemplateException error) =>
        error.Position is { } at ? new SourcePosition(at.File, at.Line, at.Column) : null;
}
