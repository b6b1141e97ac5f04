using System.Numerics;

namespace Tributary.Jinja.Values;

/// <summary>The arguments of a call, laid on the parameters of what is called: one value for each parameter, in its order.</summary>
public readonly struct BoundArguments
{
    private readonly Signature signature;
    private readonly object?[] values;

    internal BoundArguments(Signature signature, TemplateContext context, object?[] values)
    {
        this.signature = signature;
        this.values = values;
        Context = context;
    }

    public TemplateContext Context { get; }

    /// <summary>Values by position beyond the named parameters (for <c>*args</c>).</summary>
    public IReadOnlyList<object?> Rest { get; init; } = [];

    /// <summary>Values by name beyond the named parameters (for <c>**kwargs</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> NamedRest { get; init; } = [];

    public object? this[int index] => values[index];

    /// <summary>The text of a parameter that must be a string.</summary>
    public string Text(int index) => values[index] as string ?? throw Wrong(index, "a string");

    public string? TextOrNone(int index) => values[index] is null ? null : Text(index);

    public bool IsTrue(int index) => Truth.Of(values[index]);

    /// <summary>A whole number, cut to the range of an int (a longer count means "all" everywhere it is used).</summary>
    public int Integer(int index) => values[index] switch
    {
        long number => (int)Math.Clamp(number, int.MinValue, int.MaxValue),
        bool flag => flag ? 1 : 0,
        BigInteger big => big.Sign < 0 ? int.MinValue : int.MaxValue,
        _ => throw Wrong(index, "a whole number"),
    };

    public int? IntegerOrNone(int index) => values[index] is null ? null : Integer(index);

    private TemplateException Wrong(int index, string expected) => values[index] is Undefined undefined
        ? undefined.Error()
        : new TemplateException($"{signature.Name}: '{signature.Parameters[index].Name}' must be {expected}, not {TypeNames.Of(values[index])}");
}
