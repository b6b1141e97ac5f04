namespace Tributary.Jinja.Values;

/// <summary>A host's function with a name and a Python-like list of parameters, such as <c>"name, default=None, *args, **kwargs"</c>.</summary>
public sealed class Function : ICallable
{
    private readonly Signature signature;
    private readonly Func<BoundArguments, object?> body;

    public Function(string name, string parameters, Func<BoundArguments, object?> body)
    {
        signature = Signature.Parse(name, parameters);
        this.body = body;
    }

    public string Name => signature.Name;

    public object? Call(CallArguments arguments) => body(signature.Bind(arguments));

    public override string ToString() => $"<function {Name}>";
}
