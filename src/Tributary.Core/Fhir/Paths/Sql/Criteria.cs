using System.Globalization;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>
/// Lowers a criterion into a jsonpath filter, which is many times faster than a subquery for each item. jsonpath knows no empty
/// collection and compares any item of many; so a criterion becomes two filters, for true and for false, and what cannot be said
/// exactly is not lowered.
/// </summary>
internal sealed class Criteria
{
    private readonly PathScope scope;

    private Criteria(PathScope scope) => this.scope = scope;

    /// <summary>The filter that is true just when the criterion is; null when jsonpath cannot say it. <paramref name="element"/> is what <c>@</c> is.</summary>
    public static string? Lower(PathNode criterion, PathScope scope, string? element) => new Criteria(scope).Of(criterion, element)?.True;

    private sealed record Filter(string True, string False);

    /// <summary>A path below <c>@</c>, and the condition under which it leads to more than one item; null when nothing can say that.</summary>
    private sealed record Relative(string Path, string? Several, string? Element);

    private Filter? Of(PathNode node, string? element) => node switch
    {
        PathNode.Literal { Kind: PathKind.Boolean, Text: "true" } => new Filter("1 == 1", "1 == 2"),
        PathNode.Literal { Kind: PathKind.Boolean } => new Filter("1 == 2", "1 == 1"),
        PathNode.Binary { Operator: "and" or "or" or "xor" or "implies" } logic => Logic(logic, element),
        PathNode.Binary { Operator: "=" or "!=" or "<" or "<=" or ">" or ">=" } comparison => Comparison(comparison, element),
        PathNode.Call { Source: { } source, Name: "not", Arguments.Count: 0 } => Of(source, element) is { } inner ? new Filter(inner.False, inner.True) : null,
        PathNode.Call { Name: "exists", Arguments.Count: <= 1 } call => Exists(call, element),
        PathNode.Call { Source: { } source, Name: "empty", Arguments.Count: 0 } => Below(source, element) is { } path ? new Filter($"!exists({path.Path})", $"exists({path.Path})") : null,
        PathNode.Member => Truth(node, element),
        _ => null,
    };

    private Filter? Logic(PathNode.Binary node, string? element)
    {
        if (Of(node.Left, element) is not { } a || Of(node.Right, element) is not { } b) return null;
        return node.Operator switch
        {
            "and" => new Filter(And(a.True, b.True), Or(a.False, b.False)),
            "or" => new Filter(Or(a.True, b.True), And(a.False, b.False)),
            "implies" => new Filter(Or(a.False, b.True), And(a.True, b.False)),
            _ => new Filter(Or(And(a.True, b.False), And(a.False, b.True)), Or(And(a.True, b.True), And(a.False, b.False))),
        };
    }

    private Filter? Comparison(PathNode.Binary node, string? element)
    {
        var (path, literal, symbol) = Value(node.Right) is { } right ? (node.Left, right, node.Operator) : (node.Right, Value(node.Left), Mirrored(node.Operator));
        if (literal is null || Below(path, element) is not { Several: { } several } below) return null;
        if (symbol is not ("=" or "!=") && !char.IsAsciiDigit(literal[0])) return null;
        var holds = $"({below.Path} {(symbol is "=" or "!=" ? "==" : symbol)} {literal})";
        var one = several.Length == 0 ? "" : $" && !{several}";
        // Items of another type make jsonpath's answer unknown. FHIRPath calls them unequal, and cannot order them.
        var fails = symbol is "=" or "!=" ? $"(exists({below.Path}) && (!{holds} || {holds} is unknown))" : $"!{holds}";
        if (symbol is not ("=" or "!=")) return several.Length > 0 ? null : new Filter(holds, $"(exists({below.Path}) && {fails})");
        var equal = new Filter($"({holds}{one})", several.Length == 0 ? fails : $"({several} || {fails})");
        return symbol == "=" ? equal : new Filter(equal.False, equal.True);
    }

    private static string Mirrored(string symbol) => symbol switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => symbol };

    private Filter? Exists(PathNode.Call call, string? element)
    {
        var source = call.Source is null ? new Relative("@", "", element) : Below(call.Source, element);
        if (source is null) return null;
        if (call.Arguments.Count == 0) return new Filter($"exists({source.Path})", $"!exists({source.Path})");
        return Of(call.Arguments[0], source.Element) is { } inner ? new Filter($"exists({source.Path} ? ({inner.True}))", $"!exists({source.Path} ? ({inner.True}))") : null;
    }

    /// <summary>An element alone is a criterion: a boolean for what it is, anything else for being there.</summary>
    private Filter? Truth(PathNode node, string? element)
    {
        if (Below(node, element) is not { Several: "" } path) return null;
        // Of an element that is no boolean, jsonpath does not know whether it is false.
        var isFalse = $"({path.Path} == false)";
        return new Filter($"(exists({path.Path}) && (!{isFalse} || {isFalse} is unknown) && !({path.Path} == null))", isFalse);
    }

    private Relative? Below(PathNode node, string? element) => node switch
    {
        PathNode.Context { Name: "$this" } => new Relative("@", "", element),
        PathNode.Member member => Member(member, element),
        PathNode.Call { Name: "where", Arguments: [var criterion], Source: { } source } => Where(source, criterion, element),
        PathNode.Call { Name: "extension", Arguments: [PathNode.Literal { Kind: PathKind.String, Text: var url }], Source: null } =>
            new Relative($"@.\"extension\"[*] ? (@.\"url\" == {JsonPathText.Quote(url)})", null, "extension"),
        PathNode.Call { Name: "ofType", Arguments: [var type], Source: PathNode.Member { Source: var source, Name: var name } } => Chosen(source, name, type, element),
        _ => null,
    };

    private Relative? Member(PathNode.Member member, string? element)
    {
        var from = member.Source is null ? new Relative("@", "", element) : Below(member.Source, element);
        if (from is null || member.Name == "extension" || member.Name == scope.ResourceType || FhirTypes.IsOpenChoice(member.Name, from.Element)) return null;
        return Step(from, member.Name, member.Name);
    }

    private Relative? Chosen(PathNode? source, string name, PathNode type, string? element)
    {
        var from = source is null ? new Relative("@", "", element) : Below(source, element);
        if (from is null || TypeTests.Name(type) is not { } chosen || !FhirTypes.IsDataType(chosen) || !FhirTypes.IsOpenChoice(name, from.Element)) return null;
        return FhirTypes.KindOfType(chosen) is PathKind.Date or PathKind.DateTime or PathKind.Time or PathKind.Quantity ? null : Step(from, FhirTypes.Key(name, chosen), chosen);
    }

    /// <summary>Several items are there when the last step leads to an array and no step before it can.</summary>
    private static Relative Step(Relative from, string name, string element)
    {
        // Looking into what is never an array costs a twentieth of a whole view.
        var isSingular = FhirTypes.IsSingular(name, from.Element);
        var path = from.Path + (isSingular ? $".{JsonPathText.Quote(name)}" : JsonPathText.Step(name));
        var several = from.Several is not "" ? null : isSingular ? "" : $"exists({from.Path}.{JsonPathText.Quote(name)}[1])";
        return new Relative(path, several, element);
    }

    private Relative? Where(PathNode source, PathNode criterion, string? element)
    {
        if (Below(source, element) is not { } from || Of(criterion, from.Element) is not { } filter) return null;
        return new Relative($"{from.Path} ? ({filter.True})", null, from.Element);
    }

    /// <summary>A literal as jsonpath writes it; dates are compared by SQL.</summary>
    private string? Value(PathNode node) => node switch
    {
        PathNode.Literal { Kind: PathKind.String, Text: var text } => JsonPathText.Quote(text),
        PathNode.Literal { Kind: PathKind.Boolean or PathKind.Decimal, Text: var text } => text,
        PathNode.Literal { Kind: PathKind.Integer, Text: var text } => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        PathNode.Variable { Name: var name } when scope.Constants.TryGetValue(name, out var constant) => Constant(name, constant),
        _ => null,
    };

    private string? Constant(string name, PathValue.Scalar constant) => constant.Kind switch
    {
        PathKind.String => scope.Texts.TryGetValue(name, out var text) ? JsonPathText.Quote(text) : null,
        PathKind.Boolean or PathKind.Integer or PathKind.Decimal => constant.Sql,
        _ => null,
    };

    private static string And(string a, string b) => $"({a} && {b})";

    private static string Or(string a, string b) => $"({a} || {b})";
}
