using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% with a = 1, b = 2 %} … {% endwith %}</c>: names that exist only inside.</summary>
public sealed class WithStatement : Statement
{
    private readonly KeyValuePair<AssignmentTarget, Expression>[] assignments;
    private readonly ScopedBody body;

    internal WithStatement(Location at, KeyValuePair<AssignmentTarget, Expression>[] assignments, ScopedBody body)
        : base(at) => (this.assignments, this.body) = (assignments, body);

    public IReadOnlyList<KeyValuePair<AssignmentTarget, Expression>> Assignments => assignments;

    public IReadOnlyList<Statement> Body => body.Statements;

    public override IEnumerable<Node> Children =>
        assignments.SelectMany(a => new Node[] { a.Key, a.Value }).Concat(body.Statements);

    internal override Completion Render(Frame frame, Output output)
    {
        var values = new object?[assignments.Length];
        frame.Clear(body.Scope.Slots);
        for (var i = 0; i < values.Length; i++) values[i] = assignments[i].Value.Evaluate(frame);
        for (var i = 0; i < values.Length; i++) assignments[i].Key.Assign(values[i], frame);
        var completion = Rendering.Body.Render(body.Statements, frame, output);
        frame.Clear(body.Scope.Slots);
        return completion;
    }
}
