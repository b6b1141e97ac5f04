using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% snapshot name %} … {% endsnapshot %}</c>: a template of its own inside a file; writes nothing where it stands.</summary>
public sealed class SnapshotStatement : Statement
{
    internal SnapshotStatement(Location at, string name, Template template)
        : base(at) => (Name, Template) = (name, template);

    public string Name { get; }

    /// <summary>The body, to be rendered by itself.</summary>
    public Template Template { get; }

    public override IEnumerable<Node> Children => Template.Body;

    internal override Completion Render(Frame frame, Output output) => Completion.Normal;
}
