namespace Tributary.Jinja.Values.Operations;

/// <summary>Python's <c>str.format</c>: <c>'{} of {total:,} in {place[0]}'.format(…)</c>.</summary>
internal sealed class BraceFormat(BoundArguments arguments)
{
    private readonly TemplateContext context = arguments.Context;
    private int next;

    public string Apply(string format) => Apply(format, 2);

    private string Apply(string format, int depth)
    {
        if (depth == 0) throw new TemplateException("formats are nested too deeply");
        var output = new TextBuilder(context);
        for (var at = 0; at < format.Length; at++)
        {
            var c = format[at];
            if (c is '{' or '}' && at + 1 < format.Length && format[at + 1] == c)
            {
                output.Write(format[at++]);
            }
            else if (c == '}')
            {
                throw new TemplateException("single '}' in a format");
            }
            else if (c == '{')
            {
                var close = FindClose(format, at);
                output.Write(Field(format[(at + 1)..close], depth));
                at = close;
            }
            else
            {
                output.Write(c);
            }
        }

        return output.ToString();
    }

    private static int FindClose(string format, int open)
    {
        var depth = 0;
        for (var at = open; at < format.Length; at++)
        {
            if (format[at] == '{') depth++;
            if (format[at] == '}' && --depth == 0) return at;
        }

        throw new TemplateException("single '{' in a format");
    }

    private string Field(string field, int depth)
    {
        var (name, rest) = SplitName(field);
        var value = Resolve(name);
        if (rest.StartsWith('!'))
        {
            if (rest.Length < 2 || rest[1] is not ('r' or 's' or 'a')) throw new TemplateException("unknown conversion in a format");
            value = rest[1] == 's' ? ValueText.Of(value, context) : ValueText.Repr(value, context);
            rest = rest[2..];
        }

        if (rest.Length > 0 && rest[0] != ':') throw new TemplateException("expected ':' in a format");
        var spec = rest.Length == 0 ? "" : rest[1..];
        if (spec.Contains('{')) spec = Apply(spec, depth - 1);
        if (spec.Length > 0 && value is not (string or bool or long or double or decimal or System.Numerics.BigInteger)) return OfObject(value, spec);
        // A truth value has words only where nothing is said of its form.
        return ValueFormat.Apply(value is bool && spec.Length > 0 ? Arithmetic.Plus(value) : value, FormatSpec.Parse(spec), context);
    }

    /// <summary>Times know a form of their own; of everything else Python knows none.</summary>
    private string OfObject(object? value, string spec) =>
        value is IJinjaObject host && host.TryGetAttribute("strftime", out var known) && known is ICallable strftime
            ? ValueText.Of(strftime.Call(new CallArguments(context, [spec])), context)
            : throw new TemplateException($"a value of type '{TypeNames.Of(value)}' has no forms to choose from in a format", "Make it text first: |string.");

    private static (string Name, string Tail) SplitName(string field)
    {
        var inside = false;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] is '[' or ']') inside = field[i] == '[';
            else if (!inside && field[i] is ':' or '!') return (field[..i], field[i..]);
        }

        return (field, "");
    }

    private object? Resolve(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[') is var found && found < 0 ? name.Length : found;
        var value = First(name[..end]);
        while (end < name.Length)
        {
            var isItem = name[end] == '[';
            var stop = isItem ? name.IndexOf(']', end) : name.AsSpan(end + 1).IndexOfAny('.', '[') is var dot && dot < 0 ? name.Length : end + 1 + dot;
            if (stop < 0) throw new TemplateException("missing ']' in a format");
            var part = name[(end + 1)..stop];
            value = isItem
                ? Members.Item(value, long.TryParse(part, out var index) ? index : part, context)
                : Members.Attribute(value, part, context);
            end = isItem ? stop + 1 : stop;
        }

        return value;
    }

    private object? First(string name)
    {
        if (name.Length == 0) return Positional(next++);
        if (int.TryParse(name, out var index) && index >= 0) return Positional(index);
        foreach (var pair in arguments.NamedRest)
        {
            if (pair.Key == name) return pair.Value;
        }

        throw new TemplateException($"format() got no '{name}'");
    }

    private object? Positional(int index) => index < arguments.Rest.Count
        ? arguments.Rest[index]
        : throw new TemplateException($"the format asks for argument {index + 1}, {arguments.Rest.Count} were given");
}
