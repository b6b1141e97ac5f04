using System.Globalization;
using System.Numerics;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Literals and constants as SQL: numbers as they are written, every text quoted.</summary>
internal static class Literals
{
    private const int LongestNumber = 1_000;

    public static PathValue.Scalar Text(string text, PathKind kind = PathKind.String) => new($"{SqlTemplate.Literal(text)}::text", kind);

    public static PathValue.Scalar Of(PathNode.Literal literal)
    {
        if (literal.Kind is PathKind.Integer or PathKind.Decimal or PathKind.Quantity && literal.Text.Length > LongestNumber)
            throw new PathException(literal.Offset, $"The number has {literal.Text.Length} digits, expected at most {LongestNumber}.");
        if ((literal.Kind is PathKind.Date or PathKind.DateTime && !MomentText.IsDay(literal.Text)) || (literal.Kind == PathKind.Time && !MomentText.IsClock(literal.Text)))
            throw new PathException(literal.Offset, "There is no such date or time.");
        return literal.Kind switch
        {
            PathKind.Boolean => new PathValue.Scalar(literal.Text, PathKind.Boolean),
            PathKind.Integer => Integer(literal.Text),
            PathKind.Decimal => new PathValue.Scalar(literal.Text, PathKind.Decimal),
            PathKind.Quantity => new PathValue.Scalar($"jsonb_build_object('value', {literal.Text}, 'unit', {SqlTemplate.Literal(literal.Unit ?? "")}::text)", PathKind.Quantity),
            _ => Text(literal.Text, literal.Kind),
        };
    }

    /// <summary>Digits without leading zeros, which SQL reads alike and indexes rely on.</summary>
    private static PathValue.Scalar Integer(string digits) =>
        new(BigInteger.Parse(digits, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), PathKind.Integer);
}
