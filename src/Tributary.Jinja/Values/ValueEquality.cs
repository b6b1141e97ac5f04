using System.Diagnostics.CodeAnalysis;

namespace Tributary.Jinja.Values;

/// <summary>Equality and hashing of values as Python has them, for dict keys, <c>==</c> and <c>in</c>.</summary>
internal sealed class ValueEquality : IEqualityComparer<object>
{
    public static readonly ValueEquality Instance = new();

    /// <summary>Elements that one comparison may visit; only shared nests of lists, doubled again and again, reach it.</summary>
    private const int MaxVisits = 5_000_000;

    bool IEqualityComparer<object>.Equals(object? x, object? y) => AreEqual(x, y);

    public int GetHashCode([DisallowNull] object obj) => Hash(obj);

    public static bool AreEqual(object? left, object? right)
    {
        if (left is string a && right is string b) return string.Equals(a, b, StringComparison.Ordinal);
        var visits = 0;
        return AreEqual(left, right, ref visits);
    }

    private static bool AreEqual(object? left, object? right, ref int visits)
    {
        if (ReferenceEquals(left, right)) return left is not double number || !double.IsNaN(number);
        if (left is null || right is null) return false;
        if (Numbers.IsNumber(left)) return Numbers.IsNumber(right) && Numbers.AreEqual(left, right);
        if (left is Undefined { IsStrict: true } u) throw u.Error();
        if (right is Undefined { IsStrict: true } v) throw v.Error();
        return (left, right) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (List<object?> a, List<object?> b) => AreRowsEqual(a, b, ref visits),
            (JinjaTuple a, JinjaTuple b) => AreRowsEqual(a, b, ref visits),
            (NumberRange a, NumberRange b) => AreRowsEqual(a, b, ref visits),
            (JinjaDict a, JinjaDict b) => AreDictsEqual(a, b, ref visits),
            (JinjaSet a, JinjaSet b) => a.Count == b.Count && a.All(b.Contains),
            (Undefined, Undefined) => true,
            _ => left.Equals(right) || right.Equals(left),
        };
    }

    private static void Visit(ref int visits)
    {
        StackGuard.Check();
        if (++visits > MaxVisits) throw new TemplateException("these values are too large to compare");
    }

    private static bool AreRowsEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, ref int visits)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            Visit(ref visits);
            if (!AreEqual(left[i], right[i], ref visits)) return false;
        }

        return true;
    }

    private static bool AreDictsEqual(JinjaDict left, JinjaDict right, ref int visits)
    {
        if (left.Count != right.Count) return false;
        foreach (var (key, value) in left)
        {
            Visit(ref visits);
            if (!right.TryGet(key, out var other) || !AreEqual(value, other, ref visits)) return false;
        }

        return true;
    }

    private static int Hash(object? value)
    {
        switch (value)
        {
            case null:
                return 0;
            case string text:
                return text.GetHashCode(StringComparison.Ordinal);
            case JinjaTuple tuple:
                StackGuard.Check();
                return tuple.CachedHash(Hash);
            case List<object?> or JinjaDict or JinjaSet:
                throw new TemplateException($"unhashable type: '{TypeNames.Of(value)}'", "Keys of dicts and members of sets are strings, numbers or tuples.");
            case Undefined { IsStrict: true } undefined:
                throw undefined.Error();
            case Undefined:
                return -1; // all of them are equal
            default:
                return Numbers.IsNumber(value) ? Numbers.Hash(value) : value.GetHashCode();
        }
    }
}
