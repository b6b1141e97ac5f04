using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Rendering;

/// <summary>The variable <c>loop</c>: where a loop stands. Called, it runs a recursive loop over the value that it is given.</summary>
internal sealed class LoopObject(IReadOnlyList<object?> items, ForStatement statement, Frame frame, int depth) : IJinjaObject, ICallable
{
    private int at;
    private object?[]? lastSeen;

    public string TypeName => "LoopContext";

    public int? Length => items.Count;

    public LoopObject MoveTo(int index)
    {
        at = index;
        return this;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => Boxed.Integer(at + 1),
            "index0" => Boxed.Integer(at),
            "revindex" => Boxed.Integer(items.Count - at),
            "revindex0" => Boxed.Integer(items.Count - at - 1),
            "first" => Boxed.Bool(at == 0),
            "last" => Boxed.Bool(at == items.Count - 1),
            "length" => Boxed.Integer(items.Count),
            "depth" => Boxed.Integer(depth + 1),
            "depth0" => Boxed.Integer(depth),
            "previtem" => at > 0 ? items[at - 1] : NoItem("previous"),
            "nextitem" => at + 1 < items.Count ? items[at + 1] : NoItem("next"),
            "cycle" => new Function("cycle", "*args", Cycle),
            "changed" => new Function("changed", "*args", HasChanged),
            _ => Frame.Missing,
        };
        return !ReferenceEquals(value, Frame.Missing);
    }

    public object Call(CallArguments arguments)
    {
        if (!statement.IsRecursive) throw new TemplateException("loop() can be called only in a loop that is marked 'recursive'");
        if (arguments.Positional.Count != 1) throw new TemplateException("loop() takes one value: what to loop over");
        var context = frame.Context;
        var buffer = WrittenText.Rent();
        statement.RenderInOwnFrame(arguments.Positional[0], frame.Outer ?? frame, new Output(context, buffer), depth + 1);
        var text = buffer.ToString();
        WrittenText.Return(buffer);
        return text;
    }

    public override string ToString() => $"<LoopContext {at + 1}/{items.Count}>";

    private Undefined NoItem(string which) => new(frame.Context, $"there is no {which} item");

    private object? Cycle(BoundArguments arguments) => arguments.Rest.Count == 0
        ? throw new TemplateException("loop.cycle() needs values to cycle through")
        : arguments.Rest[at % arguments.Rest.Count];

    private object HasChanged(BoundArguments arguments)
    {
        var now = arguments.Rest.ToArray();
        var hasChanged = lastSeen is null || !ValueEquality.AreEqual(new JinjaTuple(lastSeen), new JinjaTuple(now));
        lastSeen = now;
        return Boxed.Bool(hasChanged);
    }
}
