using Tributary.Jinja.Rendering;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% set target | filter %} … {% endset %}</c>: the text of the block is assigned.</summary>
public sealed class SetBlockStatement : Statement
{
    private readonly FilterExpression[] filters;
    private readonly Statement[] body;
    private readonly NameScope scope;

    internal SetBlockStatement(Location at, AssignmentTarget target, FilterExpression[] filters, ScopedBody body)
        : base(at) => (Target, this.filters, this.body, scope) = (target, filters, body.Statements, body.Scope);

    public AssignmentTarget Target { get; }

    public IReadOnlyList<FilterExpression> Filters => filters;

    public IReadOnlyList<Statement> Body => body;

    public override IEnumerable<Node> Children => [Target, .. filters, .. body];

    internal override Completion Render(Frame frame, Output output)
    {
        frame.Clear(scope.Slots);
        var completion = Rendering.Body.Capture(body, frame, out var text);
        if (completion != Completion.Normal) return completion;
        object? value = text;
        foreach (var filter in filters) value = filter.Apply(value, frame);
        frame.Current = Target;
        Target.Assign(value, frame);
        return Completion.Normal;
    }
}
