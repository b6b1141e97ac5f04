using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary><c>modules.itertools</c>: what makes rows of rows. Everything is a list here; what never ends is not.</summary>
internal sealed class ItertoolsModule : ContextObject
{
    private static readonly MemberTable<ItertoolsModule> Members = new()
    {
        ["chain"] = _ => Method("chain", "*iterables", a => a.Rest.SelectMany(Collections.Items).ToList()),
        ["product"] = _ => Method("product", "*iterables, repeat=1", a => Product([.. Enumerable.Repeat(a.Rest, a.Integer(0)).SelectMany(lists => lists)])),
        ["combinations"] = _ => Method("combinations", "iterable, r", a => Chosen([.. Collections.Items(a[0])], a.Integer(1), again: false)),
        ["combinations_with_replacement"] = _ => Method("combinations_with_replacement", "iterable, r", a => Chosen([.. Collections.Items(a[0])], a.Integer(1), again: true)),
        ["permutations"] = _ => Method("permutations", "iterable, r=None", a => Permutations([.. Collections.Items(a[0])], a.IntegerOrNone(1))),
        ["zip_longest"] = _ => Method("zip_longest", "*iterables, fillvalue=None", a => Longest([.. a.Rest.Select(list => Collections.Items(list).ToArray())], a[0])),
        ["repeat"] = _ => Method("repeat", "object, times", a => Enumerable.Repeat(a[0], a.Integer(1)).ToList()),
        ["compress"] = _ => Method("compress", "data, selectors", a => Collections.Items(a[0]).Zip(Collections.Items(a[1])).Where(pair => Holds(pair.Second)).Select(pair => pair.First).ToList()),
        ["islice"] = _ => Method("islice", "iterable, *args", a => Slice([.. Collections.Items(a[0])], a.Rest)),
        ["starmap"] = _ => Method("starmap", "function, iterable", a => Collections.Items(a[1]).Select(row => Call(a[0], a.Context, [.. Collections.Items(row)])).ToList()),
        ["accumulate"] = _ => Method("accumulate", "iterable, func", a => Accumulate(a)),
        ["tee"] = _ => Method("tee", "iterable, n=2", a => new JinjaTuple([.. Enumerable.Range(0, a.Integer(1)).Select(_ => (object?)Collections.Items(a[0]).ToList())])),
    };

    public override string TypeName => "module";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    private static List<object?> Product(IReadOnlyList<object?> lists)
    {
        IEnumerable<object?[]> rows = [[]];
        foreach (var list in lists) rows = rows.SelectMany(row => Collections.Items(list).Select(item => (object?[])[.. row, item]));
        return [.. rows.Select(row => new JinjaTuple(row))];
    }

    private static List<object?> Chosen(object?[] items, int size, bool again) => size == 0
        ? [new JinjaTuple()]
        : [.. items.SelectMany((item, i) => Chosen(items[(again ? i : i + 1)..], size - 1, again).Select(rest => new JinjaTuple([item, .. (JinjaTuple)rest!])))];

    private static List<object?> Permutations(object?[] items, int? size) => size == 0 || (size is null && items.Length == 0)
        ? [new JinjaTuple()]
        : [.. items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]], size - 1).Select(rest => new JinjaTuple([item, .. (JinjaTuple)rest!])))];

    private static List<object?> Longest(object?[][] lists, object? fill) =>
        [.. Enumerable.Range(0, lists.Length == 0 ? 0 : lists.Max(list => list.Length)).Select(i => new JinjaTuple([.. lists.Select(list => i < list.Length ? list[i] : fill)]))];

    private static List<object?> Slice(object?[] items, IReadOnlyList<object?> bounds)
    {
        int Bound(int index, int usual) => index < bounds.Count && bounds[index] is long number ? (int)number : usual;
        var (start, stop) = bounds.Count == 1 ? (0, Bound(0, items.Length)) : (Bound(0, 0), Bound(1, items.Length));
        return [.. items.Take(stop).Skip(start).Where((_, i) => i % Bound(2, 1) == 0)];
    }

    private static List<object?> Accumulate(BoundArguments a)
    {
        var all = new List<object?>();
        foreach (var item in Collections.Items(a[0])) all.Add(all.Count == 0 ? item : Call(a[1], a.Context, all[^1], item));
        return all;
    }

    private static bool Holds(object? value) => value is not (null or false or 0L or "");

    private static object? Call(object? function, TemplateContext context, params object?[] arguments) => function is ICallable callable
        ? callable.Call(new CallArguments(context, arguments))
        : throw new TemplateException("a macro is needed here");
}
