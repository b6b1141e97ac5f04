using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% for target in iterable if filter recursive %} … {% else %} … {% endfor %}</c>.</summary>
public sealed class ForStatement : Statement
{
    private readonly ScopedBody body;
    private readonly Statement[] otherwise;
    private readonly FrameLayout? ownLayout;
    private readonly int loopSlot;

    internal ForStatement(Location at, ForHead head, ScopedBody body, Statement[] otherwise)
        : base(at)
    {
        (Target, Iterable, Filter, ownLayout, loopSlot) = head;
        (this.body, this.otherwise) = (body, otherwise);
    }

    public AssignmentTarget Target { get; }

    public Expression Iterable { get; }

    public Expression? Filter { get; }

    public IReadOnlyList<Statement> Body => body.Statements;

    public IReadOnlyList<Statement> Otherwise => otherwise;

    public bool IsRecursive => ownLayout is not null;

    public override IEnumerable<Node> Children =>
        new Node?[] { Target, Iterable, Filter }.OfType<Node>().Concat(body.Statements).Concat(otherwise);

    internal override Completion Render(Frame frame, Output output)
    {
        var value = Iterable.Evaluate(frame);
        frame.Current = Iterable;
        return ownLayout is null ? RenderLoop(value, frame, output, 0) : RenderInOwnFrame(value, frame, output, 0);
    }

    /// <summary>One level of a recursive loop: its variables must not overwrite those of the level that called it.</summary>
    internal Completion RenderInOwnFrame(object? value, Frame outer, Output output, int depth)
    {
        var frame = new Frame(outer.Context, ownLayout!, outer, null) { Current = Iterable }; // only recursive loops come here
        outer.Context.Enter(frame);
        try
        {
            return RenderLoop(value, frame, output, depth);
        }
        catch (TemplateException e) when (outer.Context.Locate(e))
        {
            throw;
        }
        finally
        {
            outer.Context.Leave(frame);
        }
    }

    private Completion RenderLoop(object? value, Frame frame, Output output, int depth)
    {
        var items = Sequences.TryOf(value, frame.Context) ?? throw Sequences.NotIterable(value);
        if (Filter is not null) items = Matching(items, frame);
        if (items.Count == 0) return Rendering.Body.Render(otherwise, frame, output);
        var loop = body.Scope.IsRead("loop") ? new LoopObject(items, this, frame, depth) : null;
        var completion = Completion.Normal;
        for (var i = 0; i < items.Count && completion is not (Completion.Break or Completion.Return); i++)
        {
            Assign(items[i], frame);
            if (loop is not null) frame.Slots[loopSlot] = loop.MoveTo(i);
            completion = Rendering.Body.Render(body.Statements, frame, output);
        }

        frame.Clear(body.Scope.Slots);
        return completion == Completion.Return ? completion : Completion.Normal;
    }

    private void Assign(object? item, Frame frame)
    {
        frame.Context.Step(1);
        frame.Clear(body.Scope.Slots);
        frame.Current = Target;
        Target.Assign(item, frame);
    }

    private List<object?> Matching(IReadOnlyList<object?> items, Frame frame)
    {
        var kept = new List<object?>();
        for (var i = 0; i < items.Count; i++)
        {
            Assign(items[i], frame);
            var holds = Filter!.Evaluate(frame); // only called when there is one
            frame.Current = Filter;
            if (Truth.Of(holds)) kept.Add(items[i]);
        }

        return kept;
    }
}
