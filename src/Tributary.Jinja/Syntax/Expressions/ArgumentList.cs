using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary>What stands in the brackets of a call: <c>(a, b, name=c, *rest, **named)</c>.</summary>
public sealed class ArgumentList
{
    private readonly Expression[] positional;
    private readonly KeyValuePair<string, Expression>[] named;

    internal ArgumentList(Expression[] positional, KeyValuePair<string, Expression>[] named, Expression? rest, Expression? namedRest)
    {
        (this.positional, this.named, Rest, NamedRest) = (positional, named, rest, namedRest);
    }

    internal static ArgumentList Empty { get; } = new([], [], null, null);

    public IReadOnlyList<Expression> Positional => positional;

    public IReadOnlyList<KeyValuePair<string, Expression>> Named => named;

    /// <summary>The list after <c>*</c>.</summary>
    public Expression? Rest { get; }

    /// <summary>The dict after <c>**</c>.</summary>
    public Expression? NamedRest { get; }

    public IEnumerable<Expression> Expressions =>
        positional.Concat(named.Select(n => n.Value)).Concat(new[] { Rest, NamedRest }.OfType<Expression>());

    internal CallArguments Evaluate(Frame frame)
    {
        var values = positional.Length == 0 ? [] : new object?[positional.Length];
        for (var i = 0; i < values.Length; i++) values[i] = positional[i].Evaluate(frame);
        KeyValuePair<string, object?>[] pairs = [];
        if (named.Length > 0)
        {
            pairs = new KeyValuePair<string, object?>[named.Length];
            for (var i = 0; i < pairs.Length; i++) pairs[i] = new(named[i].Key, named[i].Value.Evaluate(frame));
        }

        if (Rest is not null) values = [.. values, .. Spread(Rest, frame)];
        if (NamedRest is not null) pairs = [.. pairs, .. SpreadNamed(NamedRest, frame)];
        return new CallArguments(frame.Context, values, pairs);
    }

    private static IReadOnlyList<object?> Spread(Expression rest, Frame frame)
    {
        var value = rest.Evaluate(frame);
        frame.Current = rest;
        return Sequences.Of(value, frame.Context);
    }

    private static IEnumerable<KeyValuePair<string, object?>> SpreadNamed(Expression rest, Frame frame)
    {
        var value = rest.Evaluate(frame);
        frame.Current = rest;
        if (value is not JinjaDict dict) throw new TemplateException($"a dict must follow '**', not '{TypeNames.Of(value)}'");
        frame.Context.Step(dict.Count);
        foreach (var (key, item) in dict)
        {
            yield return new(key as string ?? throw new TemplateException("the keys after '**' must be strings"), item);
        }
    }
}
