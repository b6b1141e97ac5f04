using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>One filter, test, method or function of the language: name, parameters, and what it does with its subject.</summary>
internal sealed class Builtin(string name, string parameters, Func<object?, BoundArguments, object?> body)
{
    private readonly Signature signature = Signature.Parse(name, parameters);

    public string Name => name;

    public object? Invoke(object? subject, CallArguments arguments) => body(subject, signature.Bind(arguments));

    public static Dictionary<string, Builtin> Table(params IEnumerable<Builtin>[] families) =>
        families.SelectMany(f => f).ToDictionary(b => b.Name, StringComparer.Ordinal);
}
