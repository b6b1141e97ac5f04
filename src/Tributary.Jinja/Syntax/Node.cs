namespace Tributary.Jinja.Syntax;

/// <summary>A part of a template's tree, with its place in the source. Immutable once the template is parsed.</summary>
public abstract class Node
{
    private protected Node(Location at) => (Source, Offset) = (at.Source, at.Offset);

    public SourcePosition Position => Source.PositionOf(Offset);

    /// <summary>The parts directly below, in the order of the text.</summary>
    public abstract IEnumerable<Node> Children { get; }

    internal SourceText Source { get; }

    internal int Offset { get; }

    internal Location At => new(Source, Offset);

    /// <summary>This node and everything below it, top down.</summary>
    public IEnumerable<Node> DescendantsAndSelf()
    {
        var open = new Stack<Node>([this]);
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.Children.Reverse()) open.Push(child);
        }
    }
}
