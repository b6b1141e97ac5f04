namespace Tributary.Jinja.Syntax;

/// <summary>The operators that compare two values.</summary>
public enum CompareOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}
