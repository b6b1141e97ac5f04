using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>One filter, test, method or function of the language: name, parameters, and what it does with its subject.</summary>
internal sealed class Builtin(string name, string parameters, Func<object?, BoundArguments, object?> body)
{
    private readonly Signature signature = Signature.Parse(name, parameters);

    public string Name => name;

    public object? Invoke(object? subject, CallArguments arguments)
    {
        // Looking through long text is work, too, even where nothing is written.
        if (subject is string { Length: > 256 } text) arguments.Context.Step(text.Length >> 8);
        return body(subject, signature.Bind(arguments));
    }

    public static Dictionary<string, Builtin> Table(params IEnumerable<Builtin>[] families) =>
        families.SelectMany(f => f).ToDictionary(b => b.Name, StringComparer.Ordinal);
}
