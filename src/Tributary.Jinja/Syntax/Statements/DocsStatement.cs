using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% docs name %} … {% enddocs %}</c>: text to be quoted by name; writes nothing.</summary>
public sealed class DocsStatement : Statement
{
    internal DocsStatement(Location at, string name, string text)
        : base(at) => (Name, Text) = (name, text);

    public string Name { get; }

    /// <summary>What stands between the tags, as it stands.</summary>
    public string Text { get; }

    public override IEnumerable<Node> Children => [];

    internal override Completion Render(Frame frame, Output output) => Completion.Normal;
}
