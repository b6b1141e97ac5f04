namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary><c>ofType</c>, <c>as</c> and <c>is</c>: the type chooses the key of an element that may have any, and filters other items.</summary>
internal static class TypeTests
{
    /// <summary>The name of a type that stands as an argument: <c>Quantity</c>, <c>FHIR.Quantity</c>, <c>System.String</c>.</summary>
    public static string Name(PathNode node) => node switch
    {
        PathNode.Member { Source: null, Name: var name } => name,
        PathNode.Member { Source: PathNode.Member { Source: null, Name: "FHIR" or "System" }, Name: var name } => name,
        PathNode.Member { Source: PathNode.Member prefix } => throw new PathException(prefix.Offset, $"Found '{prefix.Name}', expected FHIR or System before the type."),
        _ => throw new PathException(node.Offset, "Expected the name of a type, such as Quantity or string."),
    };

    public static PathValue OfType(PathCompiler compiler, PathValue source, PathNode type)
    {
        var name = Name(type);
        if (source is PathValue.Scalar scalar) return scalar.Kind == FhirTypes.KindOfType(name) ? scalar : Collections.Nothing;
        var items = (PathValue.Items)source;
        var plain = Filtered(Collections.Items(items, compiler.Names), name);
        if (items.Step is not { } step || !FhirTypes.IsDataType(name) || !FhirTypes.IsChoice(step.Name) || IsPlainValue(step)) return plain;
        // Of a name that is a choice in some places only, both forms count.
        return FhirTypes.IsOpenChoice(step.Name, step.From.Element) ? Chosen(step, name)
            : Collections.Join(Chosen(step, name), plain, compiler.Names) with { Kind = plain.Kind, Element = name };
    }

    /// <summary>As <c>ofType</c>; several items are an error where one is read.</summary>
    public static PathValue As(PathCompiler compiler, PathValue source, PathNode type) => OfType(compiler, source, type);

    public static PathValue Is(PathCompiler compiler, PathValue source, PathNode type)
    {
        var chosen = Collections.Exists(OfType(compiler, source, type), compiler.Names);
        return new PathValue.Scalar($"(case when {chosen} then true when {Collections.Exists(source, compiler.Names)} then false end)", PathKind.Boolean);
    }

    private static bool IsPlainValue(MemberStep step) =>
        step.Name == "value" && step.From.Element is "Quantity" or "identifier" or "telecom" or "Identifier" or "ContactPoint" or "valueQuantity" or "low" or "high";

    private static PathValue.Items Chosen(MemberStep step, string type) =>
        PathCompiler.Plain(step.From, FhirTypes.Key(step.Name, type)) with { Kind = FhirTypes.KindOfType(type), Element = type };

    private static PathValue.Items Filtered(PathValue.Items items, string type)
    {
        var filter = FhirTypes.KindOfType(type) switch
        {
            _ when !FhirTypes.IsDataType(type) && FhirTypes.KindOfType(type) == PathKind.Complex => $"@.\"resourceType\" == {JsonPathText.Quote(type)}",
            PathKind.Boolean => "@.type() == \"boolean\"",
            PathKind.Integer => "@.type() == \"number\" && @.floor() == @",
            PathKind.Decimal => "@.type() == \"number\"",
            PathKind.Complex or PathKind.Quantity => "@.type() == \"object\"",
            _ => "@.type() == \"string\"",
        };
        return items with { Path = $"{items.Path} ? ({filter})", Kind = FhirTypes.KindOfType(type), Element = type, Keys = null, Step = null, Shortcut = null };
    }
}
