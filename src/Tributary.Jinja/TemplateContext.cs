using Tributary.Jinja.Functions;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja;

/// <summary>
/// What templates are rendered with: the global names, the limits, the cancellation. Made for one piece of work (one model, say);
/// its limits count over everything rendered with it. Not for two threads at once.
/// </summary>
public sealed class TemplateContext(IScope globals, TemplateLimits? limits = null)
{
    private Random? chance;
    private long iterations;
    private long characters;
    private int depth;

    public IScope Globals { get; } = globals;

    public TemplateLimits Limits { get; } = limits ?? TemplateLimits.Default;

    public UndefinedPolicy Undefined { get; init; }

    public CancellationToken Cancel { get; init; }

    /// <summary>Where the work stands now (for a host function: the place that calls it); null outside a rendering.</summary>
    public SourcePosition? Position => Top?.Current?.Position;

    /// <summary>The macros that are running now, innermost first.</summary>
    public IReadOnlyList<MacroCall> Calls
    {
        get
        {
            var calls = new List<MacroCall>();
            for (var frame = Top; frame is not null && calls.Count < 50; frame = frame.Caller)
            {
                if (frame.Name is not null && frame.Caller?.Current is { } at) calls.Add(new MacroCall(frame.Name, at.Position));
            }

            return calls;
        }
    }

    /// <summary>A value as text, as if it were written by <c>{{ value }}</c>.</summary>
    public string TextOf(object? value) => ValueText.Of(value, this);

    /// <summary>The elements of anything that a loop could run over; an error for anything else.</summary>
    public IReadOnlyList<object?> ElementsOf(object? value) => Sequences.Of(value, this);

    internal Frame? Top { get; private set; }

    /// <summary>Chance for the <c>random</c> filter: the same numbers each time, so that the same input gives the same output.</summary>
    internal Random Chance => chance ??= new(1);

    internal void Enter(Frame frame)
    {
        const int CostOfACall = 10;
        StackGuard.Check();
        Step(CostOfACall);
        if (++depth > Limits.CallDepth)
        {
            depth--;
            throw new TemplateException($"macros call one another more than {Limits.CallDepth} deep", "Does a macro call itself without end?");
        }

        frame.Caller = Top;
        Top = frame;
    }

    internal void Leave(Frame frame)
    {
        depth--;
        Top = frame.Caller;
    }

    /// <summary>
    /// Tells an exception that does not know it yet where it was thrown. Always false: it stands in exception filters, because
    /// catching and throwing anew at every level of deep calls would use up the stack that is to be saved.
    /// </summary>
    internal bool Locate(TemplateException exception)
    {
        if (exception.IsLocated) return false;
        var frame = Top;
        while (frame is { Current: null }) frame = frame.Caller;
        if (frame?.Current is { } node) exception.Locate(node.Source, node.Offset, Calls);
        return false;
    }

    /// <summary>Counts elements that are visited.</summary>
    internal void Step(long count)
    {
        var before = iterations;
        iterations += count;
        if (iterations > Limits.Iterations)
        {
            throw new TemplateException($"more than {Limits.Iterations} steps of work", "Steps are turns of loops, elements of lists, pieces of long text.");
        }

        if (iterations >> 10 != before >> 10) Cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Counts characters that are written or built.</summary>
    internal void Charge(long count)
    {
        var before = characters;
        characters += count;
        if (characters > Limits.Characters) throw new TemplateException($"more than {Limits.Characters} characters are written");
        if (characters >> 16 != before >> 16) Cancel.ThrowIfCancellationRequested();
    }

    internal object? Lookup(string name)
    {
        if (Globals.TryGet(name, out var value)) return HostValue.From(value);
        if (GlobalTable.Find(name) is { } function) return function;
        return new Undefined(this, $"'{Brief.Name(name)}' is undefined", () => HintFor(name));
    }

    private string? HintFor(string name) =>
        NearestName.Hint(name, (Top?.LocalNames ?? []).Concat(Globals.Names).Concat(GlobalTable.Names));
}
