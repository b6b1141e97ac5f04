using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% filter name %} … {% endfilter %}</c>: the text of the block, filtered.</summary>
public sealed class FilterStatement : Statement
{
    private readonly FilterExpression[] filters;
    private readonly ScopedBody body;

    internal FilterStatement(Location at, FilterExpression[] filters, ScopedBody body)
        : base(at) => (this.filters, this.body) = (filters, body);

    public IReadOnlyList<FilterExpression> Filters => filters;

    public IReadOnlyList<Statement> Body => body.Statements;

    public override IEnumerable<Node> Children => [.. filters, .. body.Statements];

    internal override Completion Render(Frame frame, Output output)
    {
        frame.Clear(body.Scope.Slots);
        var completion = Rendering.Body.Capture(body.Statements, frame, out var text);
        if (completion != Completion.Normal) return completion;
        object? value = text;
        foreach (var filter in filters) value = filter.Apply(value, frame);
        output.Write(ValueText.Of(value, frame.Context));
        return Completion.Normal;
    }
}
