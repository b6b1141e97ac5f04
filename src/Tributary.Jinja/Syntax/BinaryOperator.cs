namespace Tributary.Jinja.Syntax;

/// <summary>The operators that make one value of two.</summary>
public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}
