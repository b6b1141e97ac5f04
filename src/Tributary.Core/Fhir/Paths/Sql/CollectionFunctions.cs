namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Functions on collections: existence, filtering, subsets, combination.</summary>
internal static class CollectionFunctions
{
    public static readonly PathFunction[] All =
    [
        new("where", 1, 1, call => Where(call, 0)),
        new("select", 1, 1, Select),
        new("exists", 0, 1, call => PathCall.Boolean(Collections.Exists(call.Has(0) ? Where(call, 0) : call.Source, call.Names))),
        new("empty", 0, 0, call => PathCall.Boolean($"(not {Collections.Exists(call.Source, call.Names)})")),
        new("hasValue", 0, 0, call => PathCall.Boolean($"({Reads.Text(call.Source, call.Names)} is not null)")),
        new("getValue", 0, 0, call => call.Source),
        new("not", 0, 0, call => PathCall.Boolean($"(not {Reads.Boolean(call.Source, call.Names)})")),
        new("all", 1, 1, AllMeet),
        new("allTrue", 0, 0, call => Fold(call, "bool_and", "true", isTrue: true)),
        new("anyTrue", 0, 0, call => Fold(call, "bool_or", "false", isTrue: true)),
        new("allFalse", 0, 0, call => Fold(call, "bool_and", "true", isTrue: false)),
        new("anyFalse", 0, 0, call => Fold(call, "bool_or", "false", isTrue: false)),
        new("count", 0, 0, call => new PathValue.Scalar(Collections.Count(call.Source, call.Names), PathKind.Integer)),
        new("first", 0, 0, call => Collections.First(call.Source, call.Names)),
        new("last", 0, 0, Last),
        new("single", 0, 0, Single),
        new("tail", 0, 0, call => Collections.Slice(call.Source, "1", "last", call.Names)),
        new("skip", 1, 1, call => Collections.Slice(call.Source, $"{call.Whole(0)}", "last", call.Names)),
        new("take", 1, 1, call => call.Whole(0) == 0 ? Collections.Nothing : Collections.Slice(call.Source, "0", $"{call.Whole(0) - 1}", call.Names)),
        new("distinct", 0, 0, call => Collections.Distinct(call.Source, call.Names)),
        new("isDistinct", 0, 0, call => PathCall.Boolean(
            $"({Collections.Count(Collections.Distinct(call.Source, call.Names), call.Names)} = {Collections.Count(call.Source, call.Names)})")),
        new("union", 1, 1, call => Collections.Distinct(Collections.Join(call.Source, call.Value(0), call.Names), call.Names)),
        new("combine", 1, 1, call => Collections.Join(call.Source, call.Value(0), call.Names)),
        new("intersect", 1, 1, call => Collections.Distinct(Members(call, call.Source, call.Value(0), "exists"), call.Names)),
        new("exclude", 1, 1, call => Members(call, call.Source, call.Value(0), "not exists")),
        new("subsetOf", 1, 1, call => PathCall.Boolean($"(not {Collections.Exists(Members(call, call.Source, call.Value(0), "not exists"), call.Names)})")),
        new("supersetOf", 1, 1, call => PathCall.Boolean($"(not {Collections.Exists(Members(call, call.Value(0), call.Source, "not exists"), call.Names)})")),
        new("iif", 2, 3, If),
    ];

    private static PathValue Where(PathCall call, int place)
    {
        if (call.Source.Kind == PathKind.Nothing) return call.Source;
        var items = Collections.Items(call.Source, call.Names);
        if (Criteria.Lower(call.Argument(place), call.Compiler.Scope, items.Element) is { } filter)
            return items with { Path = $"{items.Path} ? ({filter})", Keys = null, Step = null, Shortcut = null };
        var (item, rows, condition, source) = call.Filtered(place);
        return Collections.OfArray($"(select jsonb_agg({item}) from {rows} where {condition})", source.Kind, source.Element);
    }

    private static PathValue Select(PathCall call)
    {
        var items = Collections.Items(call.Source, call.Names);
        var row = call.Names.Next("w");
        var inner = call.Compiler.Within(PathScope.Focus($"{row}.item", items.Element, items.Kind), $"({row}.place - 1)").Compile(call.Argument(0));
        var each = Collections.Items(inner, call.Names);
        var value = call.Names.Next("v");
        var present = each.Path.Length == 0 ? $" where {value} is not null" : "";
        var from = each.Path.Length == 0 ? $"(select {each.Base} as {value} offset 0) as {call.Names.Next("o")}" : $"{Collections.Rows(each)} as {value}";
        return Collections.OfArray($"(select jsonb_agg({value}) from {Collections.Rows(items)} with ordinality as {row}(item, place) cross join lateral {from}{present})", each.Kind, each.Element);
    }

    private static PathValue.Scalar AllMeet(PathCall call)
    {
        var (_, rows, condition, _) = call.Filtered(0);
        return PathCall.Boolean($"(not exists (select from {rows} where ({condition}) is not true))");
    }

    private static PathValue.Scalar Fold(PathCall call, string aggregate, string empty, bool isTrue)
    {
        var item = call.Names.Next("v");
        return PathCall.Boolean($"coalesce((select {aggregate}({item} = '{(isTrue ? "true" : "false")}'::jsonb) from {Collections.Rows(Collections.Items(call.Source, call.Names))} as {item}), {empty})");
    }

    private static PathValue Last(PathCall call)
    {
        var items = Collections.Items(call.Source, call.Names);
        return items.IsOne ? items : Collections.One($"({Collections.Array(items, call.Names)} -> -1)", items.Kind, items.Element);
    }

    private static PathValue Single(PathCall call)
    {
        var items = Collections.Items(call.Source, call.Names);
        return items.IsOne ? items : Collections.One(Reads.Each(items, call.Names, item => item), items.Kind, items.Element);
    }

    /// <summary>Those items of one collection that the other one holds, or does not.</summary>
    private static PathValue.Items Members(PathCall call, PathValue items, PathValue others, string test)
    {
        var (from, among) = (Collections.Items(items, call.Names), Collections.Items(others, call.Names));
        var (item, other) = (call.Names.Next("v"), call.Names.Next("v"));
        return Collections.OfArray(
            $"(select jsonb_agg({item}) from {Collections.Rows(from)} as {item} where {test} (select from {Collections.Rows(among)} as {other} where {other} = {item}))", from.Kind, from.Element);
    }

    private static PathValue If(PathCall call)
    {
        var condition = call.Compiler.Condition(call.Argument(0));
        var (yes, no) = (call.Value(1), call.Has(2) ? call.Value(2) : Collections.Nothing);
        if (yes is PathValue.Scalar a && no is PathValue.Scalar b && (a.Kind == b.Kind || b.Kind == PathKind.Nothing) && a.Kind != PathKind.Nothing)
            return new PathValue.Scalar($"(case when {condition} then {a.Sql} else {(b.Kind == PathKind.Nothing ? "null" : b.Sql)} end)", a.Kind);
        var kind = yes.Kind == no.Kind || no.Kind == PathKind.Nothing ? yes.Kind : PathKind.Unknown;
        return Collections.OfArray($"(case when {condition} then {Collections.Array(yes, call.Names)} else {Collections.Array(no, call.Names)} end)", kind);
    }
}
