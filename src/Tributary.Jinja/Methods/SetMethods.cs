using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods of sets.</summary>
internal static class SetMethods
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("add", "item", (set, a) => Add(Of(set), a)),
        new("remove", "item", (set, a) => Of(set).Remove(a[0]) ? null : throw new TemplateException("remove(): the value is not in the set")),
        new("discard", "item", (set, a) => Discard(Of(set), a[0])),
        new("clear", "", (set, _) => Clear(Of(set))),
        new("copy", "", (set, a) => Make(Of(set), a.Context)),
        new("update", "*args", (set, a) => Update(Of(set), a)),
        new("union", "*args", (set, a) => Union(Of(set), a)),
        new("intersection", "other", (set, a) => Filter(Of(set), a, true)),
        new("difference", "other", (set, a) => Filter(Of(set), a, false)),
        new("symmetric_difference", "other", (set, a) => SymmetricDifference(Of(set), a)),
        new("issubset", "other", (set, a) => Boxed.Bool(Of(set).All(Make(a[0], a.Context).Contains))),
        new("issuperset", "other", (set, a) => Boxed.Bool(Make(a[0], a.Context).All(Of(set).Contains))),
        new("isdisjoint", "other", (set, a) => Boxed.Bool(!Make(a[0], a.Context).Any(Of(set).Contains))),
    ];

    public static JinjaSet Make(object? items, TemplateContext context)
    {
        var set = new JinjaSet();
        foreach (var item in Sequences.Of(items, context)) set.Add(item);
        return set;
    }

    private static JinjaSet Of(object? set) => (JinjaSet)set!; // the table gives these methods to sets only

    private static object? Add(JinjaSet set, BoundArguments arguments)
    {
        arguments.Context.Step(1);
        set.Add(arguments[0]);
        return null;
    }

    private static object? Discard(JinjaSet set, object? item)
    {
        set.Remove(item);
        return null;
    }

    private static object? Clear(JinjaSet set)
    {
        set.Clear();
        return null;
    }

    private static object? Update(JinjaSet set, BoundArguments arguments)
    {
        foreach (var items in arguments.Rest)
        {
            foreach (var item in Sequences.Of(items, arguments.Context)) set.Add(item);
        }

        return null;
    }

    private static JinjaSet Union(JinjaSet set, BoundArguments arguments)
    {
        var all = Make(set, arguments.Context);
        Update(all, arguments);
        return all;
    }

    private static JinjaSet Filter(JinjaSet set, BoundArguments arguments, bool keepsCommon)
    {
        var other = Make(arguments[0], arguments.Context);
        return Make(set.Where(item => other.Contains(item) == keepsCommon).ToList(), arguments.Context);
    }

    private static JinjaSet SymmetricDifference(JinjaSet set, BoundArguments arguments)
    {
        var other = Make(arguments[0], arguments.Context);
        var mine = set.Where(item => !other.Contains(item));
        return Make(mine.Concat(other.Where(item => !set.Contains(item))).ToList(), arguments.Context);
    }
}
