namespace Tributary.Jinja.Rendering;

/// <summary>Carries the value of a <c>return()</c> that stands inside an expression out to its macro. Not an error.</summary>
internal sealed class ReturnSignal(object? value) : Exception("return() outside a macro")
{
    public object? Value => value;
}
