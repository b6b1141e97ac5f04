using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>Several targets, to which the elements of one value are dealt out.</summary>
public sealed class TupleTarget : AssignmentTarget
{
    private readonly AssignmentTarget[] targets;

    internal TupleTarget(Location at, AssignmentTarget[] targets)
        : base(at) => this.targets = targets;

    public IReadOnlyList<AssignmentTarget> Targets => targets;

    public override IEnumerable<Node> Children => targets;

    internal override void Assign(object? value, Frame frame)
    {
        if (value is Undefined undefined) throw undefined.Error();
        var items = Sequences.TryOf(value, frame.Context) ?? throw Sequences.NotIterable(value);
        if (items.Count != targets.Length)
        {
            throw new TemplateException($"{targets.Length} names cannot take {items.Count} value(s)");
        }

        for (var i = 0; i < targets.Length; i++) targets[i].Assign(items[i], frame);
    }
}
