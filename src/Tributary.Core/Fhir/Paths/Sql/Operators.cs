namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Operators with two operands (FHIRPath 2.0, "Operations"); what has no answer is empty, never an error of the query.</summary>
internal static class Operators
{
    public static PathValue Apply(PathCompiler compiler, PathNode.Binary node) => node.Operator switch
    {
        "and" or "or" or "xor" or "implies" => Logic(compiler, node),
        "|" => Collections.Distinct(Collections.Join(compiler.Compile(node.Left), compiler.Compile(node.Right), compiler.Names), compiler.Names),
        _ => Apply(compiler, node, compiler.Compile(node.Left), compiler.Compile(node.Right)),
    };

    private static PathValue Apply(PathCompiler compiler, PathNode.Binary node, PathValue left, PathValue right) => node.Operator switch
    {
        "=" => Boolean(Equality.Equal(left, right, compiler.Names)),
        "!=" => Boolean($"(not {Equality.Equal(left, right, compiler.Names)})"),
        "~" => Boolean(Equality.Equivalent(left, right, compiler.Names)),
        "!~" => Boolean($"(not {Equality.Equivalent(left, right, compiler.Names)})"),
        "<" or "<=" or ">" or ">=" => Boolean(Ordering.Compare(node, left, right, compiler.Names)),
        "in" => Boolean(Equality.In(left, right, compiler.Names)),
        "contains" => Boolean(Equality.In(right, left, compiler.Names)),
        "&" => Text($"(coalesce({Reads.Text(left, compiler.Names)}, '') || coalesce({Reads.Text(right, compiler.Names)}, ''))"),
        "+" when IsText(left) || IsText(right) => Text(node, left, right, compiler.Names),
        "+" when left is PathValue.Items && right is PathValue.Items => Sum(left, right, compiler.Names),
        _ => Arithmetic(compiler, node, left, right),
    };

    private static PathValue.Scalar Logic(PathCompiler compiler, PathNode.Binary node)
    {
        var (left, right) = (compiler.Condition(node.Left), compiler.Condition(node.Right));
        return Boolean(node.Operator switch
        {
            "and" => $"({left} and {right})",
            "or" => $"({left} or {right})",
            "xor" => $"({left} <> {right})",
            _ => $"((not {left}) or {right})",
        });
    }

    private static PathValue.Scalar Arithmetic(PathCompiler compiler, PathNode.Binary node, PathValue left, PathValue right)
    {
        Refuse(node, left, node.Left);
        Refuse(node, right, node.Right);
        var (a, b) = (Reads.Number(left, compiler.Names), Reads.Number(right, compiler.Names));
        var whole = left.Kind == PathKind.Integer && right.Kind == PathKind.Integer;
        return node.Operator switch
        {
            "/" => new PathValue.Scalar($"trim_scale(({a})::numeric / nullif({b}, 0))", PathKind.Decimal),
            "div" => new PathValue.Scalar($"trunc(({a})::numeric / nullif({b}, 0))", PathKind.Integer),
            "mod" => new PathValue.Scalar($"mod(({a})::numeric, nullif({b}, 0)::numeric)", whole ? PathKind.Integer : PathKind.Decimal),
            // bigint would overflow where numeric does not
            _ => new PathValue.Scalar($"(({a})::numeric {node.Operator} ({b})::numeric)", whole ? PathKind.Integer : PathKind.Decimal),
        };
    }

    private static void Refuse(PathNode.Binary node, PathValue value, PathNode operand)
    {
        if (value.Kind is PathKind.Boolean or PathKind.String)
            throw new PathException(operand.Offset, $"'{node.Operator}' takes numbers, and this is {(value.Kind == PathKind.String ? "a text" : "a boolean")}.");
        if (value.Kind is PathKind.Date or PathKind.DateTime or PathKind.Time || (value is PathValue.Scalar && value.Kind is PathKind.Quantity))
            throw new PathException(operand.Offset, $"'{node.Operator}' with dates, times and quantities is not supported.", "Give the column an ansi/type and calculate in SQL.");
    }

    /// <summary>Two elements of the document: numbers are added, texts are joined.</summary>
    private static PathValue.Items Sum(PathValue left, PathValue right, SqlNames names) => Collections.One(
        Reads.Bind([Reads.Json(left, names), Reads.Json(right, names)], names, x =>
            $"case when jsonb_typeof({x[0]}) = 'number' and jsonb_typeof({x[1]}) = 'number' then to_jsonb(case jsonb_typeof({x[0]}) when 'number' then {x[0]}::numeric end "
            + $"+ case jsonb_typeof({x[1]}) when 'number' then {x[1]}::numeric end) "
            + $"when jsonb_typeof({x[0]}) = 'string' and jsonb_typeof({x[1]}) = 'string' then to_jsonb(({x[0]} #>> '{{}}') || ({x[1]} #>> '{{}}')) end"),
        PathKind.Unknown, null);

    private static bool IsText(PathValue value) => value.Kind == PathKind.String;

    /// <summary>A text that something joins must be joined by a text; what only the document knows is left to it.</summary>
    private static PathValue.Scalar Text(PathNode.Binary node, PathValue left, PathValue right, SqlNames names)
    {
        var other = IsText(left) ? right : left;
        if (other.Kind is not (PathKind.String or PathKind.Unknown or PathKind.Nothing))
            throw new PathException(node.Offset, $"'+' stands between a text and a {other.Kind}.", "Write toString() to make it a text.");
        return Text($"({Reads.Text(left, names)} || {Reads.Text(right, names)})");
    }

    private static PathValue.Scalar Boolean(string sql) => new(sql, PathKind.Boolean);

    private static PathValue.Scalar Text(string sql) => new(sql, PathKind.String);
}
