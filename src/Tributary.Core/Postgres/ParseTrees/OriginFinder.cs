using System.Runtime.CompilerServices;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// Follows an output column down to the columns that its value comes from: through sub-queries, common table expressions, set
/// operations, joins, laterals, sub-links and (when asked) views. Filters, join conditions and orders are not followed.
/// </summary>
internal sealed class OriginFinder(ParseCatalog catalog, bool followsViews)
{
    private readonly Dictionary<(TreeNode Query, int Column), Found> found = [];
    private readonly HashSet<Found> walked = [];
    private bool isCyclic;

    private enum State
    {
        Unknown,
        Walking,
        Known,
    }

    private sealed class Found
    {
        public HashSet<Origin> Origins { get; } = [];

        public State State { get; set; }
    }

    /// <summary>
    /// The origins of output column <paramref name="column"/> (from 1). A recursive query meets itself; it is walked again until
    /// nothing new is found.
    /// </summary>
    public IReadOnlyCollection<Origin> Of(TreeNode query, int column)
    {
        walked.Clear();
        for (var before = -1; ; before = walked.Sum(place => place.Origins.Count))
        {
            foreach (var place in walked) place.State = State.Unknown;
            isCyclic = false;
            var origins = OfOutput(new QueryScope(query, null), column);
            if (!isCyclic || walked.Sum(place => place.Origins.Count) == before) return origins;
        }
    }

    private HashSet<Origin> OfOutput(QueryScope scope, int column)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!found.TryGetValue((scope.Query, column), out var known)) found[(scope.Query, column)] = known = new Found();
        isCyclic |= known.State == State.Walking;
        if (known.State != State.Unknown) return known.Origins;
        known.State = State.Walking;
        walked.Add(known);
        var origins = scope.Query.Node("setOperations") is { } operation
            ? OfSetOperation(operation, scope, column)
            : QueryScope.Outputs(scope.Query).Where(output => output.Number("resno") == column)
                .SelectMany(output => OfExpression(output.Node("expr"), scope));
        known.Origins.UnionWith(origins.ToList());
        known.State = State.Known;
        return known.Origins;
    }

    private IEnumerable<Origin> OfSetOperation(TreeNode operation, QueryScope scope, int column)
    {
        if (operation.Type == "RANGETBLREF") return OfEntry(operation.Number("rtindex"), column, scope);
        return OfSetOperation(operation.Node("larg")!, scope, column).Concat(OfSetOperation(operation.Node("rarg")!, scope, column));
    }

    /// <summary>Node types: src/include/nodes/primnodes.h.</summary>
    private IEnumerable<Origin> OfExpression(TreeNode? expression, QueryScope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression?.Type switch
        {
            null or "CONST" or "PARAM" => [],
            "VAR" => OfEntry(expression.Number("varno"), (int)expression.Number("varattno"), scope.Up(expression.Number("varlevelsup"))),
            "RELABELTYPE" or "COERCEVIAIO" or "ARRAYCOERCEEXPR" or "COERCETODOMAIN" or "COLLATEEXPR" or "COLLATE" =>
                OfExpression(expression.Node("arg"), scope),
            "FUNCEXPR" or "OPEXPR" => OfCall(expression, scope),
            "SUBSCRIPTINGREF" => OfSubscript(expression, scope),
            "FIELDSELECT" => OfField(expression, scope),
            "SUBLINK" => OfSubLink(expression, scope),
            _ => OfParts(expression, scope),
        };
    }

    private IEnumerable<Origin> OfParts(TreeNode expression, QueryScope scope) =>
        expression.Children().SelectMany(part => OfExpression(part, scope)).Select(origin => origin.Transformed());

    private IEnumerable<Origin> OfCall(TreeNode call, QueryScope scope)
    {
        var arguments = call.List("args");
        // funcformat 1 and 2: the call is a cast, written or implied (CoercionForm in primnodes.h).
        var isCast = call.Type == "FUNCEXPR" && call.Number("funcformat") is 1 or 2;
        if (isCast) return OfExpression(arguments[0] as TreeNode, scope);
        return JsonStep.Of(NameOf(call), arguments) is { } steps
            ? Into(OfExpression(arguments[0] as TreeNode, scope), steps)
            : OfParts(call, scope);
    }

    private IEnumerable<Origin> OfSubscript(TreeNode subscript, QueryScope scope)
    {
        var steps = subscript.List("refupperindexpr").OfType<TreeNode>()
            .Select(index => ConstantReader.Keys(index) is [var key] ? JsonStep.Key(key) : JsonStep.Elements).ToList();
        return Into(OfExpression(subscript.Node("refexpr"), scope), steps);
    }

    /// <summary><c>(t).name</c>: one field of a whole row.</summary>
    private IEnumerable<Origin> OfField(TreeNode field, QueryScope scope) =>
        field.Node("arg") is { Type: "VAR" } row && row.Number("varattno") == 0
            ? OfEntry(row.Number("varno"), (int)field.Number("fieldnum"), scope.Up(row.Number("varlevelsup")))
            : OfParts(field, scope);

    /// <summary>Sub-link types: 0 EXISTS, 1 ALL, 2 ANY, 3 row comparison, 4 scalar, 5 multi-column, 6 ARRAY, 7 CTE.</summary>
    private IEnumerable<Origin> OfSubLink(TreeNode link, QueryScope scope)
    {
        var kind = link.Number("subLinkType");
        if (kind == 0) return [];
        var inside = scope.Inside(link.Node("subselect")!);
        var values = QueryScope.Outputs(inside.Query).SelectMany(output => OfOutput(inside, (int)output.Number("resno")));
        if (kind == 4) return values;
        return values.Concat(OfExpression(link.Node("testexpr"), scope)).Select(origin => origin.Transformed());
    }

    /// <summary>Kinds of entries: enum RTEKind in src/include/nodes/parsenodes.h. Column 0 is the whole row.</summary>
    private IEnumerable<Origin> OfEntry(long number, int column, QueryScope scope)
    {
        var entry = scope.Entry(number);
        return entry.Number("rtekind") switch
        {
            0 => OfRelation(entry.Oid("relid"), column),
            1 => OfColumns(scope.Inside(entry.Node("subquery")!), column),
            2 => OfListed(entry.List("joinaliasvars"), column, scope),
            3 => OfFunctionTable(entry, column, scope),
            4 => OfParts(entry.Node("tablefunc")!, scope),
            5 => entry.List("values_lists").OfType<IReadOnlyList<object?>>().SelectMany(row => OfListed(row, column, scope)),
            6 => OfCommonTable(entry, column, scope),
            9 => OfListed(entry.List("groupexprs"), column, scope), // since version 18
            _ => [],
        };
    }

    private IEnumerable<Origin> OfRelation(uint oid, int column)
    {
        if (catalog.Relation(oid) is not { } relation || column < 0) return [];
        if (followsViews && relation.Query is { } view) return OfColumns(new QueryScope(view, null), column);
        return column > 0
            ? [new Origin(oid, column, null, false)]
            : relation.Columns.Keys.Select(number => new Origin(oid, number, null, true));
    }

    private IEnumerable<Origin> OfColumns(QueryScope inside, int column) => column > 0
        ? OfOutput(inside, column)
        : QueryScope.Outputs(inside.Query).SelectMany(output => OfOutput(inside, (int)output.Number("resno"))).Select(origin => origin.Transformed());

    private IEnumerable<Origin> OfListed(IReadOnlyList<object?> expressions, int column, QueryScope scope) => column > 0
        ? OfExpression(expressions.ElementAtOrDefault(column - 1) as TreeNode, scope)
        : expressions.SelectMany(expression => OfExpression(expression as TreeNode, scope)).Select(origin => origin.Transformed());

    private IEnumerable<Origin> OfCommonTable(TreeNode entry, int column, QueryScope scope)
    {
        var home = scope.Up(entry.Number("ctelevelsup"));
        return home.CommonTable(entry.Text("ctename")) is { } query ? OfColumns(home.Inside(query), column) : [];
    }

    private IEnumerable<Origin> OfFunctionTable(TreeNode entry, int column, QueryScope scope)
    {
        foreach (var function in entry.List("functions").OfType<TreeNode>())
        {
            var count = (int)function.Number("funccolcount");
            if (column <= count) return OfTableFunction(function, column, scope);
            column -= count;
        }
        return []; // WITH ORDINALITY counts, nothing more
    }

    private IEnumerable<Origin> OfTableFunction(TreeNode function, int column, QueryScope scope)
    {
        if (function.Node("funcexpr") is not { Type: "FUNCEXPR" } call) return OfParts(function, scope);
        var name = function.List("funccolnames").ElementAtOrDefault(column - 1) as string;
        return JsonStep.OfRecord(NameOf(call), name) is { } steps
            ? Into(OfExpression(call.List("args")[0] as TreeNode, scope), steps)
            : OfCall(call, scope);
    }

    private static IEnumerable<Origin> Into(IEnumerable<Origin> origins, IReadOnlyList<string> steps) =>
        origins.Select(origin => steps.Aggregate(origin, (place, step) => place.Into(step)));

    private string NameOf(TreeNode call) =>
        catalog.Function(call.Type == "OPEXPR" ? call.Oid("opfuncid") : call.Oid("funcid")) is { IsBuiltIn: true } function ? function.Name : "";
}
