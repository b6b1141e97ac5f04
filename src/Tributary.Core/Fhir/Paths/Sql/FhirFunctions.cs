namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>Functions that FHIR and SQL-on-FHIR add: extensions, types, keys, boundaries.</summary>
internal static class FhirFunctions
{
    public static readonly PathFunction[] All =
    [
        new("extension", 1, 1, call => Extensions.ByUrl(call.Compiler, call.Source, call.Written(0))),
        new("ofType", 1, 1, call => TypeTests.OfType(call.Compiler, call.Source, call.Argument(0))),
        new("as", 1, 1, call => TypeTests.As(call.Compiler, call.Source, call.Argument(0))),
        new("is", 1, 1, call => TypeTests.Is(call.Compiler, call.Source, call.Argument(0))),
        new("getResourceKey", 0, 0, ResourceKey),
        new("getReferenceKey", 0, 1, ReferenceKey),
        new("lowBoundary", 0, 1, call => Boundaries.Of(call.Compiler, call.Node, call.Source)),
        new("highBoundary", 0, 1, call => Boundaries.Of(call.Compiler, call.Node, call.Source)),
        new("today", 0, 0, Clock),
        new("now", 0, 0, Clock),
        new("timeOfDay", 0, 0, Clock),
    ];

    private static PathValue ResourceKey(PathCall call)
    {
        if (call.Source is PathValue.Items items && items.Base == call.Compiler.Scope.Resource && items.Path.Length == 0) return PathCompiler.Plain(items, "id");
        throw new PathException(call.Node.Offset, "getResourceKey() belongs to a whole resource.", "Write %resource.getResourceKey() within forEach.");
    }

    /// <summary>
    /// The id in a reference, relative (<c>Patient/123</c>) or absolute, with or without a version; of another type, of a contained
    /// resource or of a logical reference it is empty.
    /// </summary>
    private static PathValue ReferenceKey(PathCall call)
    {
        if (call.Source is PathValue.Scalar) return Collections.Nothing;
        var type = call.Has(0) ? TypeTests.Name(call.Argument(0)) : null;
        if (type?.All(char.IsAsciiLetter) == false) throw new PathException(call.Argument(0).Offset, "Expected the name of a resource type, such as Patient.");
        var pattern = $"^(?:https?://.*/)?{type ?? "[A-Z][A-Za-z]*"}/([A-Za-z0-9.-]+)(?:/_history/[A-Za-z0-9.-]+)?$";
        var references = PathCompiler.Plain(Collections.Items(call.Source, call.Names), "reference");
        var keys = Keys(call, references, pattern);
        if (Reads.Quick(references) is not { } quick) return keys;
        return keys with { Shortcut = new Shortcut(exact => Key(quick, type, pattern, Reads.IsSure(references) ? null : exact)) };
    }

    /// <summary>
    /// Nearly all references are relative; cutting them is six times faster than a pattern, and reading them once is what an ordinary column costs.
    /// An address holds no blank, so a blank before it marks its beginning. <paramref name="exact"/>: where an array may stand on the way.
    /// </summary>
    private static string Key(string quick, string? type, string pattern, string? exact)
    {
        var any = $"substring({quick} from '{pattern}')";
        var sure = exact is null ? any : $"case when {quick} is null or {quick} like '[%' then {exact} else {any} end";
        return type is null ? $"({sure})" : $"coalesce(nullif(split_part(split_part(' ' || {quick}, ' {type}/', 2), '/', 1), ''), {sure})";
    }

    private static PathValue.Items Keys(PathCall call, PathValue.Items references, string pattern)
    {
        var item = call.Names.Next("v");
        return Collections.OfArray($"(select jsonb_agg(substring({item} #>> '{{}}' from '{pattern}')) from {Collections.Rows(references)} as {item} "
            + $"where {item} #>> '{{}}' ~ '{pattern}')", PathKind.String);
    }

    /// <summary>A clock in a view would make its rows depend on when they were computed.</summary>
    private static PathValue Clock(PathCall call) =>
        throw new PathException(call.Node.Offset, $"{call.Node.Name}() would give another result at every run, and is not supported.", "Compare with a constant, or calculate in a model over the view.");
}
