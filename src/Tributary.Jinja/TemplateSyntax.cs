namespace Tributary.Jinja;

/// <summary>Switches of the language; the defaults are those of Jinja and dbt.</summary>
public sealed record TemplateSyntax
{
    public static TemplateSyntax Default { get; } = new();

    /// <summary>Remove the first line end after a block tag.</summary>
    public bool TrimBlocks { get; init; }

    /// <summary>Remove blanks before a block tag that stands first on its line.</summary>
    public bool LeftStripBlocks { get; init; }

    /// <summary>Keep the one line end with which the text ends.</summary>
    public bool KeepTrailingNewline { get; init; }

    /// <summary>Allow <c>{% break %}</c> and <c>{% continue %}</c>.</summary>
    public bool LoopControls { get; init; }
}
