namespace Tributary.Jinja.Syntax;

/// <summary>One <c>if</c> or <c>elif</c> with what it guards.</summary>
public sealed class IfBranch
{
    internal IfBranch(Expression condition, Statement[] body) => (Condition, Statements) = (condition, body);

    public Expression Condition { get; }

    public IReadOnlyList<Statement> Body => Statements;

    internal Statement[] Statements { get; }
}
