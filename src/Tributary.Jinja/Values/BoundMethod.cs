using Tributary.Jinja.Functions;

namespace Tributary.Jinja.Values;

/// <summary>A method of a built-in value, taken from it but not yet called.</summary>
internal sealed class BoundMethod(object target, Builtin method) : ICallable
{
    public object? Call(CallArguments arguments) => method.Invoke(target, arguments);

    public override string ToString() => $"<built-in method {method.Name} of {TypeNames.Of(target)} object>";
}
