using System.Numerics;

namespace Tributary.Jinja.Values;

/// <summary>What counts as true in a condition.</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        List<object?> list => list.Count > 0,
        JinjaDict dict => dict.Count > 0,
        Undefined undefined => undefined.IsStrict ? throw undefined.Error() : false,
        double number => number != 0,
        decimal number => number != 0,
        BigInteger number => !number.IsZero,
        IReadOnlyCollection<object?> items => items.Count > 0,
        IJinjaObject host => host.IsTrue,
        _ => true,
    };
}
