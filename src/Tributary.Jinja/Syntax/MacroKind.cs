namespace Tributary.Jinja.Syntax;

/// <summary>The tag by which a macro was defined.</summary>
public enum MacroKind
{
    Macro,
    Test,
    Materialization,
    CallBlock,
}
