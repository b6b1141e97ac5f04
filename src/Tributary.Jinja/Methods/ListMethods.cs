using Tributary.Jinja.Filters;
using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods that change a list.</summary>
internal static class ListMethods
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("append", "item", (list, a) => Append(Of(list), a)),
        new("extend", "items", (list, a) => Extend(Of(list), a)),
        new("insert", "index, item", (list, a) => Insert(Of(list), a)),
        new("pop", "index=-1", (list, a) => Pop(Of(list), a)),
        new("remove", "item", (list, a) => Remove(Of(list), a)),
        new("clear", "", (list, _) => Then(Of(list).Clear)),
        new("reverse", "", (list, _) => Then(Of(list).Reverse)),
        new("sort", "key=None, reverse=False", (list, a) => Sort(Of(list), a)),
        new("copy", "", (list, a) => Sequences.ToList(list, a.Context)),
    ];

    private static List<object?> Of(object? list) => (List<object?>)list!; // the table gives these methods to lists only

    private static object? Then(Action change)
    {
        change();
        return null;
    }

    private static object? Append(List<object?> list, BoundArguments arguments)
    {
        arguments.Context.Step(1);
        list.Add(arguments[0]);
        return null;
    }

    private static object? Extend(List<object?> list, BoundArguments arguments)
    {
        list.AddRange([.. Sequences.Of(arguments[0], arguments.Context)]);
        return null;
    }

    private static object? Insert(List<object?> list, BoundArguments arguments)
    {
        arguments.Context.Step(1 + (list.Count / 16));
        long index = arguments.Integer(0);
        if (index < 0) index += list.Count;
        list.Insert((int)Math.Clamp(index, 0, list.Count), arguments[1]);
        return null;
    }

    private static object? Pop(List<object?> list, BoundArguments arguments)
    {
        if (list.Count == 0) throw new TemplateException("pop() from an empty list");
        long index = arguments.Integer(0);
        if (index < 0) index += list.Count;
        if (index < 0 || index >= list.Count) throw new TemplateException($"pop(): the list has no element {arguments.Integer(0)}");
        arguments.Context.Step(1 + ((list.Count - index) / 16));
        var item = list[(int)index];
        list.RemoveAt((int)index);
        return item;
    }

    private static object? Remove(List<object?> list, BoundArguments arguments)
    {
        arguments.Context.Step(list.Count);
        var wanted = arguments[0];
        var index = list.FindIndex(item => ValueEquality.AreEqual(item, wanted));
        if (index < 0) throw new TemplateException("remove(): the value is not in the list");
        list.RemoveAt(index);
        return null;
    }

    private static object? Sort(List<object?> list, BoundArguments arguments)
    {
        var (key, context) = (arguments[0], arguments.Context);
        Func<object?, object?> keyOf = key switch
        {
            null => item => item,
            ICallable function => item => HostValue.From(function.Call(new CallArguments(context, item))),
            _ => throw new TemplateException("sort(): 'key' must be a function"),
        };
        var sorted = Ordering.Sort(list, keyOf, arguments.IsTrue(1), context);
        list.Clear();
        list.AddRange(sorted);
        return null;
    }
}
