using Tributary.Jinja.Filters;
using Tributary.Jinja.Functions;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>target | filter(arguments)</c>. The target is missing at the head of a filter block.</summary>
public sealed class FilterExpression : Expression
{
    private readonly Builtin? filter;

    internal FilterExpression(Location at, Expression? target, string name, ArgumentList arguments)
        : base(at, [target, .. arguments.Expressions])
    {
        (Target, Name, Arguments) = (target, name, arguments);
        filter = FilterTable.Find(name);
    }

    public Expression? Target { get; }

    public string Name { get; }

    public ArgumentList Arguments { get; }

    public override IEnumerable<Node> Children => Target is null ? Arguments.Expressions : [Target, .. Arguments.Expressions];

    internal override object? Evaluate(Frame frame) => Apply(Target?.Evaluate(frame), frame);

    /// <summary>Filters a value that is not in the tree: the text of a block.</summary>
    internal object? Apply(object? value, Frame frame)
    {
        StackGuard.Check();
        var arguments = Arguments.Evaluate(frame);
        frame.Current = this;
        if (filter is null) throw Unknown(Name, At);
        return filter.Invoke(value, arguments);
    }

    internal static TemplateException Unknown(string name, Location at) =>
        at.Error($"there is no filter '{Brief.Name(name)}'", NearestName.Hint(name, FilterTable.Names));
}
