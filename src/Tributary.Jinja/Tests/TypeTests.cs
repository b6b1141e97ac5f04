using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Tests;

/// <summary>Tests of what a value is.</summary>
internal static class TypeTests
{
    public static IEnumerable<Builtin> All { get; } =
    [
        Of("defined", v => v is not Undefined),
        Of("undefined", v => v is Undefined),
        Of("none", v => v is null),
        Of("boolean", v => v is bool),
        Of("true", v => v is true),
        Of("false", v => v is false),
        Of("integer", v => Numbers.IsWhole(v) && v is not bool),
        Of("float", v => v is double),
        Of("number", Numbers.IsNumber),
        Of("string", v => v is string),
        Of("mapping", v => v is JinjaDict or IJinjaObject { IsMapping: true }),
        Of("sequence", v => v is string or JinjaDict or IReadOnlyList<object?> or Undefined || v is IJinjaObject { Length: not null, Items: not null }),
        Of("iterable", Sequences.IsIterable),
        Of("callable", v => v is ICallable),
        Of("escaped", _ => false),
        Of("list", v => v is List<object?>),
        new("filter", "", (v, _) => Boxed.Bool(v is string name && Filters.FilterTable.Find(name) is not null)),
        new("test", "", (v, _) => Boxed.Bool(v is string name && TestTable.Find(name) is not null)),
    ];

    private static Builtin Of(string name, Func<object?, bool> holds) => new(name, "", (value, _) => Boxed.Bool(holds(value)));
}
