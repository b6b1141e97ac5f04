namespace Tributary.Jinja;

/// <summary>Bounds that keep a hostile or mistaken template from taking the machine: each is an error when passed.</summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>How deep brackets and blocks may be nested in the text.</summary>
    public int NestingDepth { get; init; } = 200;

    /// <summary>How high the tree of one expression may be (a chain such as a+b+c… counts each link).</summary>
    public int ExpressionHeight { get; init; } = 1_000;

    /// <summary>How deep macros may call one another.</summary>
    public int CallDepth { get; init; } = 400;

    /// <summary>Elements that loops, filters and operators may visit in one context, all together.</summary>
    public long Iterations { get; init; } = 20_000_000;

    /// <summary>Characters that may be written or built in one context, all together.</summary>
    public long Characters { get; init; } = 200_000_000;

    /// <summary>Bits of the largest whole number (the default allows about 4,300 digits, as Python prints at most).</summary>
    public int IntegerBits { get; init; } = 14_280;
}
