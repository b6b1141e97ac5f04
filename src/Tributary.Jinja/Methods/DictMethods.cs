using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods of dicts.</summary>
internal static class DictMethods
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("get", "key, default=None", (dict, a) => Of(dict).TryGet(a[0], out var value) ? value : a[1]),
        new("items", "", (dict, _) => new DictView(Of(dict), DictView.OfItems)),
        new("keys", "", (dict, _) => new DictView(Of(dict), DictView.OfKeys)),
        new("values", "", (dict, _) => new DictView(Of(dict), DictView.OfValues)),
        new("update", "other=None, **kwargs", (dict, a) => Update(Of(dict), a)),
        new("setdefault", "key, default=None", (dict, a) => SetDefault(Of(dict), a)),
        new("pop", "key, *args", (dict, a) => Pop(Of(dict), a)),
        new("popitem", "", (dict, _) => PopItem(Of(dict))),
        new("clear", "", (dict, _) => Clear(Of(dict))),
        new("copy", "", (dict, a) => Copy(Of(dict), a.Context)),
        new("fromkeys", "keys, value=None", (_, a) => FromKeys(a)),
    ];

    private static JinjaDict Of(object? dict) => (JinjaDict)dict!; // the table gives these methods to dicts only

    private static object? Update(JinjaDict dict, BoundArguments arguments)
    {
        arguments.Context.Step(1);
        if (arguments[0] is not null) DictContent.CopyInto(dict, arguments[0], arguments.Context);
        foreach (var (key, value) in arguments.NamedRest) dict[key] = value;
        return null;
    }

    private static object? SetDefault(JinjaDict dict, BoundArguments arguments)
    {
        arguments.Context.Step(1);
        return dict.GetOrAdd(arguments[0], arguments[1]);
    }

    private static object? Pop(JinjaDict dict, BoundArguments arguments)
    {
        // Taking a key out moves those behind it up.
        arguments.Context.Step(1 + (dict.Count / 2));
        if (dict.Remove(arguments[0], out var value)) return value;
        if (arguments.Rest.Count == 1) return arguments.Rest[0];
        throw new TemplateException("pop(): the dict has no such key");
    }

    private static JinjaTuple PopItem(JinjaDict dict)
    {
        if (dict.Count == 0) throw new TemplateException("popitem(): the dict is empty");
        var (key, value) = dict.RemoveLast();
        return new JinjaTuple(key, value);
    }

    private static object? Clear(JinjaDict dict)
    {
        dict.Clear();
        return null;
    }

    private static JinjaDict Copy(JinjaDict dict, TemplateContext context)
    {
        context.Step(dict.Count);
        return new JinjaDict(dict);
    }

    private static JinjaDict FromKeys(BoundArguments arguments)
    {
        var dict = new JinjaDict();
        foreach (var key in Sequences.Of(arguments[0], arguments.Context)) dict[key] = arguments[1];
        return dict;
    }
}
