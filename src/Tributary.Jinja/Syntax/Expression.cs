using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>A part of the tree that has a value.</summary>
public abstract class Expression : Node
{
    private protected Expression(Location at, params IEnumerable<Expression?> parts)
        : base(at)
    {
        var height = 0;
        foreach (var part in parts) height = Math.Max(height, part?.Height ?? 0);
        Height = height + 1;
    }

    /// <summary>The longest way down to a leaf; the parser bounds it, so that walking the tree cannot use up the stack.</summary>
    internal int Height { get; }

    internal abstract object? Evaluate(Frame frame);
}
