using Tributary.Jinja.Values;

namespace Tributary.Jinja.Functions;

/// <summary>The functions that every template has; a global of the host with the same name goes before.</summary>
internal static class GlobalTable
{
    private static readonly Dictionary<string, Function> Functions = All().ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Functions.Keys;

    public static Function? Find(string name) => Functions.GetValueOrDefault(name);

    private static IEnumerable<Function> All()
    {
        yield return new Function("range", "start, stop=None, step=1", Range);
        yield return new Function("dict", "mapping=None, **kwargs", a => ToDict(a));
        yield return new Function("namespace", "mapping=None, **kwargs", a => new Namespace(ToDict(a)));
        yield return new Function("cycler", "*args", a => new Cycler([.. a.Rest]));
        yield return new Function("joiner", "sep=None", a => new Joiner(a.TextOrNone(0) ?? ", "));
        yield return new Function("return", "data=None", a => throw new Rendering.ReturnSignal(a[0]));
    }

    private static NumberRange Range(BoundArguments arguments)
    {
        var values = new long[3];
        for (var i = 0; i < 3; i++)
        {
            if (arguments[i] is null) continue;
            if (!Numbers.TryToLong(arguments[i], out values[i])) throw NotWhole(arguments[i]);
        }

        if (values[2] == 0) throw new TemplateException("the step of range() cannot be 0");
        return arguments[1] is null ? new NumberRange(0, values[0], values[2]) : new NumberRange(values[0], values[1], values[2]);
    }

    private static TemplateException NotWhole(object? value) => (value as Undefined)?.Error()
        ?? new TemplateException($"range() takes whole numbers, not '{TypeNames.Of(value)}'");

    private static JinjaDict ToDict(BoundArguments arguments)
    {
        var dict = new JinjaDict();
        if (arguments[0] is not null) DictContent.CopyInto(dict, arguments[0], arguments.Context);
        foreach (var (key, value) in arguments.NamedRest) dict[key] = value;
        return dict;
    }
}
