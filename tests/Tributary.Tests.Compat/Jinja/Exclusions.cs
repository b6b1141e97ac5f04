using System.Text.RegularExpressions;

namespace Tributary.Tests.Compat.Jinja;

/// <summary>Where the two differ on purpose, each with its reason.</summary>
internal static partial class Exclusions
{
    private const string ByFolding = "Whether the slice of a constant number fails or is undefined hangs on how much of the expression around it Python's compiler folds: an accident.";

    private const string NoMarkup = "SQL has no markup: what tojson and e mark as safe for HTML is plain text here; a list shows it so, its length is another, and e escapes it again.";

    /// <summary>Why a template is not compared; null when it is. <paramref name="theirs"/> is Python's answer.</summary>
    public static string? Reason(string template, string theirs)
    {
        if (theirs.Contains("Markup(", StringComparison.OrdinalIgnoreCase)) return NoMarkup;
        if (theirs == "TypeError" && SliceOfBrackets().IsMatch(template)) return ByFolding;
        if (!template.Contains("tojson", StringComparison.Ordinal)) return null;
        return template.Contains("| e)", StringComparison.Ordinal) || template.Contains("| length", StringComparison.Ordinal) ? NoMarkup : null;
    }

    [GeneratedRegex(@"\)\[-?\d*:")]
    private static partial Regex SliceOfBrackets();
}
