namespace Tributary.Jinja.Syntax;

/// <summary>The operators that stand before one value.</summary>
public enum UnaryOperator
{
    Not,
    Negate,
    Plus,
}
