namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> and <c>&gt;=</c> of numbers, texts, dates, times and quantities.</summary>
internal static class Ordering
{
    public static string Compare(PathNode.Binary node, PathValue left, PathValue right, SqlNames names)
    {
        Refuse(node, left, node.Left);
        Refuse(node, right, node.Right);
        if (left.Kind == PathKind.Nothing || right.Kind == PathKind.Nothing) return "null::boolean";
        if (Moments.Apply(left, right)) return Moments.Compare(node.Operator, left, right, names);
        RefuseUnlike(node, left, right);
        if (Quantities.Apply(left, right)) return Quantities.Compare(node.Operator, left, right, names);
        if (IsNumber(left) || IsNumber(right)) return $"({Reads.Number(left, names)} {node.Operator} {Reads.Number(right, names)})";
        if (left.Kind == PathKind.String || right.Kind == PathKind.String) return Texts(node.Operator, Reads.Text(left, names), Reads.Text(right, names));
        return Unknown(node.Operator, left, right, names);
    }

    public static string Texts(string symbol, string left, string right) => $"({left} collate \"C\" {symbol} {right} collate \"C\")";

    /// <summary>Two elements of the document whose types only the document knows.</summary>
    private static string Unknown(string symbol, PathValue left, PathValue right, SqlNames names) => Reads.Bind(
        [Reads.Json(left, names), Reads.Json(right, names)], names, x =>
            "case "
            + $"when jsonb_typeof({x[0]}) = 'number' and jsonb_typeof({x[1]}) = 'number' then {x[0]} {symbol} {x[1]} "
            + $"when jsonb_typeof({x[0]}) = 'object' and jsonb_typeof({x[1]}) = 'object' then {Quantities.Compare(symbol, x[0], x[1])} "
            + $"when {Moments.IsDay($"({x[0]} #>> '{{}}')")} and {Moments.IsDay($"({x[1]} #>> '{{}}')")} then {Moments.Compare(symbol, $"({x[0]} #>> '{{}}')", $"({x[1]} #>> '{{}}')")} "
            + $"when jsonb_typeof({x[0]}) = 'string' and jsonb_typeof({x[1]}) = 'string' then {Texts(symbol, $"({x[0]} #>> '{{}}')", $"({x[1]} #>> '{{}}')")} end");

    private static bool IsNumber(PathValue value) => value.Kind is PathKind.Integer or PathKind.Decimal;

    /// <summary>Two kinds that are known and have no order between them.</summary>
    private static void RefuseUnlike(PathNode.Binary node, PathValue left, PathValue right)
    {
        if (left.Kind == PathKind.Unknown || right.Kind == PathKind.Unknown || left.Kind == right.Kind || (IsNumber(left) && IsNumber(right))) return;
        throw new PathException(node.Offset, $"'{node.Operator}' stands between values of two kinds ({left.Kind} and {right.Kind}).", "Compare numbers with numbers, texts with texts, dates with dates.");
    }

    private static void Refuse(PathNode.Binary node, PathValue value, PathNode operand)
    {
        if (value.Kind == PathKind.Boolean) throw new PathException(operand.Offset, $"'{node.Operator}' has no meaning for a boolean.", "Use = or !=.");
    }
}
