using System.Numerics;

namespace Tributary.Jinja.Values;

/// <summary>Python's name of the type of a value, as messages use it.</summary>
internal static class TypeNames
{
    public static string Of(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        decimal => "Decimal",
        string => "str",
        List<object?> => "list",
        JinjaTuple => "tuple",
        JinjaDict => "dict",
        JinjaSet => "set",
        DictView view => view.Kind,
        NumberRange => "range",
        Undefined => "Undefined",
        IJinjaObject host => host.TypeName,
        ICallable => "function",
        _ => value.GetType().Name,
    };
}
