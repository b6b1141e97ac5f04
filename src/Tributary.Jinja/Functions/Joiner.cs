using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>What <c>joiner(', ')</c> gives: nothing when it is first called, the separator after that.</summary>
internal sealed class Joiner(string separator) : ICallable
{
    private bool wasCalled;

    public object Call(CallArguments arguments)
    {
        var text = wasCalled ? separator : "";
        wasCalled = true;
        return text;
    }

    public override string ToString() => "<Joiner>";
}
