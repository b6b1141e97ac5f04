namespace Tributary.Jinja.Values;

/// <summary>The value of a name, attribute or item that is not there; what may be done with it is the context's <see cref="UndefinedPolicy"/>.</summary>
public sealed class Undefined
{
    private readonly TemplateContext context;
    private readonly string message;
    private readonly Func<string?>? hint;

    internal Undefined(TemplateContext context, string message, Func<string?>? hint = null)
    {
        this.context = context;
        this.message = message;
        this.hint = hint;
    }

    internal bool IsStrict => context.Undefined == UndefinedPolicy.Strict;

    internal bool IsChained => context.Undefined == UndefinedPolicy.Chained;

    /// <summary>Whether it prints as nothing under any policy but the strict one: an inline if without else.</summary>
    internal bool IsSilent { get; init; }

    /// <summary>Its text: nothing, or an error when the policy forbids to print it.</summary>
    internal string Text() => IsSilent || context.Undefined is UndefinedPolicy.Lenient or UndefinedPolicy.Chained ? "" : throw Error();

    internal TemplateException Error() => new(message, hint?.Invoke());

    public override string ToString() => "Undefined";
}
