using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Values.Operations;

/// <summary><c>== != &lt; &lt;= &gt; &gt;= in not in</c> on values.</summary>
internal static class Comparisons
{
    public static bool Apply(CompareOperator op, object? left, object? right, TemplateContext context)
    {
        switch (op)
        {
            case CompareOperator.Equal:
                return ValueEquality.AreEqual(left, right);
            case CompareOperator.NotEqual:
                return !ValueEquality.AreEqual(left, right);
            case CompareOperator.In:
                return Sequences.Contains(right, left, context);
            case CompareOperator.NotIn:
                return !Sequences.Contains(right, left, context);
        }

        if (left is double.NaN || right is double.NaN) return false;
        var order = ValueOrder.Compare(left, right);
        return op switch
        {
            CompareOperator.Less => order < 0,
            CompareOperator.LessOrEqual => order <= 0,
            CompareOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
