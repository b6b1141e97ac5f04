using Tributary.Jinja.Methods;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>A call: <c>callee(arguments)</c>.</summary>
public sealed class CallExpression : Expression
{
    internal CallExpression(Location at, Expression callee, ArgumentList arguments)
        : base(at, [callee, .. arguments.Expressions]) => (Callee, Arguments) = (callee, arguments);

    public Expression Callee { get; }

    public ArgumentList Arguments { get; }

    public override IEnumerable<Node> Children => [Callee, .. Arguments.Expressions];

    internal override object? Evaluate(Frame frame) => Evaluate(frame, null);

    /// <summary>Calls with one more argument by name: the <c>caller</c> of a call block.</summary>
    internal object? Evaluate(Frame frame, ICallable? caller)
    {
        StackGuard.Check();
        if (Callee is AttributeExpression { Target: var owner, Name: var name } && caller is null)
        {
            var target = owner.Evaluate(frame);
            if (MethodTable.Find(target, name) is { } method)
            {
                var given = Arguments.Evaluate(frame);
                frame.Current = this;
                return method.Invoke(target, given);
            }

            frame.Current = Callee;
            return Invoke(Members.Attribute(target, name, frame.Context), frame, null);
        }

        return Invoke(Callee.Evaluate(frame), frame, caller);
    }

    private object? Invoke(object? callee, Frame frame, ICallable? caller)
    {
        frame.Current = Callee;
        if (callee is not ICallable function) return NotCallable(callee, frame);
        var arguments = Arguments.Evaluate(frame);
        if (caller is not null)
        {
            arguments = new CallArguments(frame.Context, arguments.PositionalArray, [.. arguments.NamedArray, new("caller", caller)]);
        }

        frame.Current = this;
        return HostValue.From(function.Call(arguments));
    }

    private Undefined NotCallable(object? callee, Frame frame)
    {
        if (callee is Undefined undefined)
        {
            if (!undefined.IsChained) throw undefined.Error();
            Arguments.Evaluate(frame);
            return undefined;
        }

        throw new TemplateException($"a value of type '{TypeNames.Of(callee)}' cannot be called");
    }
}
