using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>Text of several values, joined by <c>~</c>.</summary>
public sealed class ConcatExpression : Expression
{
    private readonly Expression[] parts;

    internal ConcatExpression(Location at, Expression[] parts)
        : base(at, parts) => this.parts = parts;

    public IReadOnlyList<Expression> Parts => parts;

    public override IEnumerable<Node> Children => parts;

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var texts = new string[parts.Length];
        long length = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var value = parts[i].Evaluate(frame);
            frame.Current = parts[i];
            texts[i] = ValueText.Of(value, frame.Context);
            length += texts[i].Length;
        }

        frame.Current = this;
        frame.Context.Charge(length);
        return string.Concat(texts);
    }
}
