using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>{% if %} … {% elif %} … {% else %} … {% endif %}</c>.</summary>
public sealed class IfStatement : Statement
{
    private readonly IfBranch[] branches;
    private readonly Statement[] otherwise;

    internal IfStatement(Location at, IfBranch[] branches, Statement[] otherwise)
        : base(at) => (this.branches, this.otherwise) = (branches, otherwise);

    public IReadOnlyList<IfBranch> Branches => branches;

    public IReadOnlyList<Statement> Otherwise => otherwise;

    public override IEnumerable<Node> Children =>
        branches.SelectMany(b => b.Statements.Prepend<Node>(b.Condition)).Concat(otherwise);

    internal override Completion Render(Frame frame, Output output)
    {
        foreach (var branch in branches)
        {
            var condition = branch.Condition.Evaluate(frame);
            frame.Current = branch.Condition;
            if (Truth.Of(condition)) return Body.Render(branch.Statements, frame, output);
        }

        return Body.Render(otherwise, frame, output);
    }
}
