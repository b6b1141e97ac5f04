using Tributary.Jinja.Functions;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Tests;

/// <summary>The tests that can follow <c>is</c>.</summary>
internal static class TestTable
{
    private static readonly Dictionary<string, Builtin> Tests = Builtin.Table(TypeTests.All, ValueTests.All, ComparisonTests());

    public static IEnumerable<string> Names => Tests.Keys;

    public static Builtin? Find(string name) => Tests.GetValueOrDefault(name);

    private static IEnumerable<Builtin> ComparisonTests()
    {
        (CompareOperator Operator, string[] Names)[] tests =
        [
            (CompareOperator.Equal, ["eq", "equalto", "=="]),
            (CompareOperator.NotEqual, ["ne", "!="]),
            (CompareOperator.Less, ["lt", "lessthan", "<"]),
            (CompareOperator.LessOrEqual, ["le", "<="]),
            (CompareOperator.Greater, ["gt", "greaterthan", ">"]),
            (CompareOperator.GreaterOrEqual, ["ge", ">="]),
            (CompareOperator.In, ["in"]),
        ];
        return tests.SelectMany(test => test.Names.Select(name =>
            new Builtin(name, "other", (v, a) => Boxed.Bool(Comparisons.Apply(test.Operator, v, a[0], a.Context)))));
    }
}
