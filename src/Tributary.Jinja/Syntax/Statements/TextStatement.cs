using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary>Text outside of tags, copied as it stands.</summary>
public sealed class TextStatement : Statement
{
    internal TextStatement(Location at, string text)
        : base(at) => Text = text;

    public string Text { get; }

    public override IEnumerable<Node> Children => [];

    internal override Completion Render(Frame frame, Output output)
    {
        output.Write(Text);
        return Completion.Normal;
    }
}
