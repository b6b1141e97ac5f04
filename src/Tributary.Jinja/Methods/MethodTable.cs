using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Python's methods of the built-in types.</summary>
internal static class MethodTable
{
    private static readonly Dictionary<string, Builtin> OfText = Builtin.Table(TextMethods.All, TextSplitMethods.All, TextTestMethods.All);
    private static readonly Dictionary<string, Builtin> OfList = Builtin.Table(ListMethods.All, RowMethods.All);
    private static readonly Dictionary<string, Builtin> OfTuple = Builtin.Table(RowMethods.All);
    private static readonly Dictionary<string, Builtin> OfDict = Builtin.Table(DictMethods.All);
    private static readonly Dictionary<string, Builtin> OfSet = Builtin.Table(SetMethods.All);
    private static readonly Dictionary<string, Builtin> OfNumber = Builtin.Table(NumberMethods.All);
    private static readonly Dictionary<string, Builtin> None = [];

    public static Builtin? Find(object? target, string name) => For(target).GetValueOrDefault(name);

    public static IEnumerable<string> NamesFor(object? target) => For(target).Keys;

    private static Dictionary<string, Builtin> For(object? target) => target switch
    {
        string => OfText,
        List<object?> => OfList,
        JinjaDict => OfDict,
        JinjaTuple or NumberRange => OfTuple,
        JinjaSet => OfSet,
        long or double => OfNumber,
        _ => None,
    };
}
