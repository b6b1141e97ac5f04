using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Fhir.Paths;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>
/// Evaluates FHIRPath over JSON as the specification tells it, item by item and slowly. Shares the parser with the product and
/// nothing else.
/// </summary>
internal sealed class PathOracle(JsonNode resource, int rowIndex, IReadOnlyDictionary<string, OracleItem>? constants = null)
{
    private OracleItem origin = new(resource);

    private static readonly string[] ChoiceTypes =
        ["Boolean", "Integer", "String", "Quantity", "CodeableConcept", "Range", "DateTime", "Date", "Period", "Code", "Decimal", "Reference"];

    public List<OracleItem> Evaluate(string path, OracleItem context)
    {
        origin = context;
        return Evaluate(PathParser.Parse(path), context);
    }

    private List<OracleItem> Evaluate(PathNode node, OracleItem context) => node switch
    {
        PathNode.Literal literal => [Literal(literal)],
        PathNode.Nothing => [],
        PathNode.Context => [context],
        PathNode.Variable { Name: "rowIndex" } => [OracleItem.Of(rowIndex)],
        PathNode.Variable { Name: "context" } => [origin],
        PathNode.Variable { Name: "resource" } => [new OracleItem(resource)],
        PathNode.Variable variable => [constants![variable.Name]], // random views name those that they define
        PathNode.Member { Source: null } member => Step([context], member.Name),
        PathNode.Member member => Step(Evaluate(member.Source!, context), member.Name), // matched above
        PathNode.Indexed indexed => Single(Evaluate(indexed.Index, context))?.Number is { } place
            ? [.. Evaluate(indexed.Source, context).Skip((int)place).Take(1)] : [],
        PathNode.Sign sign => Single(Evaluate(sign.Operand, context))?.Number is { } number ? [OracleItem.Of(sign.Operator == "-" ? -number : number)] : [],
        PathNode.Typed typed => typed.Operator == "as" ? OfType(Evaluate(typed.Operand, context), typed.Type) : Is(Evaluate(typed.Operand, context), typed.Type),
        PathNode.Binary binary => Binary(binary, context),
        PathNode.Call call => Call(call, call.Source is null ? [context] : Evaluate(call.Source, context), context),
        _ => throw new InvalidOperationException(),
    };

    private static OracleItem Literal(PathNode.Literal literal) => literal.Kind switch
    {
        PathKind.Boolean => OracleItem.Of(literal.Text == "true"),
        PathKind.Integer or PathKind.Decimal => OracleItem.Of(decimal.Parse(literal.Text, CultureInfo.InvariantCulture)),
        PathKind.Quantity => new OracleItem(new JsonObject { ["value"] = decimal.Parse(literal.Text, CultureInfo.InvariantCulture), ["unit"] = literal.Unit }, "Quantity"),
        _ => OracleItem.Of(literal.Text),
    };

    private static List<OracleItem> Step(List<OracleItem> items, string name) => [.. items.SelectMany(item => Below(item.Node, name))];

    private static IEnumerable<OracleItem> Below(JsonNode node, string name)
    {
        if (node is not JsonObject map) yield break;
        foreach (var (key, type) in ChoiceTypes.Select(type => (name + type, (string?)type)).Prepend((name, null)))
        {
            if (map[key] is not { } value) continue;
            foreach (var item in value is JsonArray list ? list.AsEnumerable() : new[] { value })
            {
                if (item is not null) yield return new OracleItem(item, type) { IsDate = name == "birthDate" };
            }
            if (type is null) yield break;
        }
    }

    private List<OracleItem> Call(PathNode.Call call, List<OracleItem> source, OracleItem context) => call.Name switch
    {
        "where" => [.. source.Where(item => Truth(call.Arguments[0], item) is true)],
        "select" => [.. source.SelectMany(item => Evaluate(call.Arguments[0], item))],
        "exists" => [OracleItem.Of(call.Arguments.Count == 0 ? source.Count > 0 : source.Any(item => Truth(call.Arguments[0], item) is true))],
        "all" => [OracleItem.Of(source.All(item => Truth(call.Arguments[0], item) is true))],
        "empty" => [OracleItem.Of(source.Count == 0)],
        "not" => Truth(source) is { } truth ? [OracleItem.Of(!truth)] : [],
        "count" => [OracleItem.Of(source.Count)],
        "first" => [.. source.Take(1)],
        "last" => [.. source.TakeLast(1)],
        "tail" => [.. source.Skip(1)],
        "skip" => [.. source.Skip(Whole(call))],
        "take" => [.. source.Take(Whole(call))],
        "ofType" => OfType(source, call.Arguments[0]),
        "extension" => [.. Step(source, "extension").Where(item => item.Node["url"]?.GetValue<string>() == ((PathNode.Literal)call.Arguments[0]).Text)],
        "join" => source.Count == 0 ? [] : [OracleItem.Of(string.Join(((PathNode.Literal)call.Arguments[0]).Text, source.Select(item => item.Text)))],
        "iif" => Truth(call.Arguments[0], context) is true ? Evaluate(call.Arguments[1], context) : call.Arguments.Count > 2 ? Evaluate(call.Arguments[2], context) : [],
        "combine" => [.. source, .. Evaluate(call.Arguments[0], context)],
        "union" or "intersect" or "exclude" or "subsetOf" or "supersetOf" => OracleSets.Apply(call.Name, source, Evaluate(call.Arguments[0], context)),
        "distinct" or "isDistinct" => OracleSets.Apply(call.Name, source, []),
        "single" => Single(source) is { } one ? [one] : [],
        "lowBoundary" or "highBoundary" => Single(source) is { } value ? OracleBoundaries.Of(value, call.Name == "lowBoundary") : [],
        _ => OracleTexts.Apply(call.Name, Single(source)?.Text, [.. call.Arguments.Select(argument => Single(Evaluate(argument, context)))]),
    };

    private static int Whole(PathNode.Call call) => int.Parse(((PathNode.Literal)call.Arguments[0]).Text, CultureInfo.InvariantCulture);

    private static List<OracleItem> OfType(List<OracleItem> items, PathNode type) => [.. items.Where(item => IsOf(item, type))];

    private static List<OracleItem> Is(List<OracleItem> items, PathNode type) => items.Count == 0 ? [] : [OracleItem.Of(items.Any(item => IsOf(item, type)))];

    private static bool IsOf(OracleItem item, PathNode type)
    {
        var name = ((PathNode.Member)type).Name;
        return item.Type is { } known ? string.Equals(known, name, StringComparison.OrdinalIgnoreCase) : name switch
        {
            "string" => item.Text is not null,
            "boolean" => item.Boolean is not null,
            "integer" => item.Number is not null,
            _ => item.Node is JsonObject,
        };
    }

    private bool? Truth(PathNode criterion, OracleItem context) => Truth(Evaluate(criterion, context));

    private static bool? Truth(List<OracleItem> items) => Single(items) is { } item ? item.Boolean ?? true : null;

    private static OracleItem? Single(List<OracleItem> items) =>
        items.Count > 1 ? throw new OracleException("several values where one is expected") : items.Count == 0 ? null : items[0];

    private List<OracleItem> Binary(PathNode.Binary node, OracleItem context)
    {
        var (left, right) = (Evaluate(node.Left, context), Evaluate(node.Right, context));
        bool? truth = node.Operator switch
        {
            "and" => Truth(left) is false || Truth(right) is false ? false : Truth(left) is true && Truth(right) is true ? true : null,
            "or" => Truth(left) is true || Truth(right) is true ? true : Truth(left) is false && Truth(right) is false ? false : null,
            "xor" => Truth(left) ^ Truth(right),
            "implies" => Truth(left) is false || Truth(right) is true ? true : Truth(left) is true && Truth(right) is false ? false : null,
            "=" => OracleValues.Equal(left, right),
            "!=" => !OracleValues.Equal(left, right),
            "<" or "<=" or ">" or ">=" => OracleValues.Compare(node.Operator, Single(left), Single(right)),
            "in" => Single(left) is { } item ? right.Any(other => OracleValues.Canonical(other.Node) == OracleValues.Canonical(item.Node)) : null,
            "contains" => Single(right) is { } item ? left.Any(other => OracleValues.Canonical(other.Node) == OracleValues.Canonical(item.Node)) : null,
            _ => null,
        };
        if (truth is { } known) return [OracleItem.Of(known)];
        return node.Operator switch
        {
            "|" => [.. left.Concat(right).DistinctBy(item => OracleValues.Canonical(item.Node))],
            "&" => [OracleItem.Of((Single(left)?.Text ?? "") + (Single(right)?.Text ?? ""))],
            "+" or "-" or "*" or "/" or "div" or "mod" => OracleValues.Calculate(node.Operator, Single(left), Single(right)),
            _ => [],
        };
    }
}
