namespace Tributary.Tests.Compat.Jinja;

/// <summary>Where the two differ on purpose, each with its reason.</summary>
internal static class Exclusions
{
    private const string NoMarkup = "SQL has no markup: what tojson and e mark as safe for HTML is plain text here; a list shows it so, its length is another, and e escapes it again.";

    /// <summary>Why a template is not compared; null when it is. <paramref name="theirs"/> is Python's answer.</summary>
    public static string? Reason(string template, string theirs)
    {
        if (theirs.Contains("Markup(", StringComparison.OrdinalIgnoreCase)) return NoMarkup;
        if (!template.Contains("tojson", StringComparison.Ordinal)) return null;
        return template.Contains("| e)", StringComparison.Ordinal) || template.Contains("| length", StringComparison.Ordinal) ? NoMarkup : null;
    }
}
