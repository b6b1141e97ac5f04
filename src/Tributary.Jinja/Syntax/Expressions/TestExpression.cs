using Tributary.Jinja.Functions;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Tests;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>target is test(arguments)</c> or <c>target is not test</c>.</summary>
public sealed class TestExpression : Expression
{
    private readonly Builtin? test;

    internal TestExpression(Location at, Expression target, string name, ArgumentList arguments)
        : base(at, [target, .. arguments.Expressions])
    {
        (Target, Name, Arguments) = (target, name, arguments);
        test = TestTable.Find(name);
    }

    public Expression Target { get; }

    public string Name { get; }

    public ArgumentList Arguments { get; }

    public bool IsNegated { get; internal init; }

    public override IEnumerable<Node> Children => [Target, .. Arguments.Expressions];

    internal override object Evaluate(Frame frame)
    {
        StackGuard.Check();
        var value = Target.Evaluate(frame);
        var arguments = Arguments.Evaluate(frame);
        frame.Current = this;
        if (test is null) throw Unknown(Name, At);
        return Boxed.Bool(Truth.Of(test.Invoke(value, arguments)) != IsNegated);
    }

    internal static TemplateException Unknown(string name, Location at) =>
        at.Error($"there is no test '{Brief.Name(name)}'", NearestName.Hint(name, TestTable.Names));
}
