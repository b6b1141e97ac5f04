using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>
/// Turns a parsed expression into SQL. What jsonpath can say stays one jsonpath; the rest becomes subqueries over it. Every operand
/// stands in the result once, so that the SQL grows with the expression and not faster.
/// </summary>
internal sealed class PathCompiler(PathScope scope)
{
    public PathScope Scope => scope;

    public SqlNames Names => scope.Names;

    /// <summary>Parses and compiles; throws <see cref="PathException"/>.</summary>
    public static PathValue Compile(string text, PathScope scope) => new PathCompiler(scope).Compile(PathParser.Parse(text));

    /// <summary>The same compiler for another <c>$this</c>.</summary>
    public PathCompiler Within(PathValue item, string? index = null) => new(scope with { This = item, Index = index });

    public PathValue Compile(PathNode node) => node switch
    {
        PathNode.Literal literal => Literals.Of(literal),
        PathNode.Nothing => Collections.Nothing,
        PathNode.Context context => Context(context),
        PathNode.Variable variable => Variable(variable),
        PathNode.Member member => Member(member),
        PathNode.Indexed indexed => Indexed(indexed),
        PathNode.Sign sign => Signed(sign),
        PathNode.Typed typed => typed.Operator == "is" ? TypeTests.Is(this, Compile(typed.Operand), typed.Type) : TypeTests.As(this, Compile(typed.Operand), typed.Type),
        PathNode.Binary binary => Operators.Apply(this, binary),
        PathNode.Call call => Functions.Call(this, call),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>A criterion as SQL condition: true, false or NULL.</summary>
    public string Condition(PathNode criterion) => Reads.Boolean(Compile(criterion), Names);

    /// <summary>Below <paramref name="source"/>: an element by its name.</summary>
    public PathValue Step(PathValue source, string name)
    {
        if (source is PathValue.Scalar) return Collections.Nothing;
        var items = Collections.Items(source, Names);
        if (name == "extension" && items.Step is { } primitive) return Extensions.OfPrimitive(items, primitive, Names);
        return Plain(items, name);
    }

    public static PathValue.Items Plain(PathValue.Items items, string name) =>
        new(items.Base, items.Path + (FhirTypes.IsSingular(name, items.Element) ? $".{JsonPathText.Quote(name)}" : JsonPathText.Step(name)), FhirTypes.KindOfName(name), items.IsOne && FhirTypes.IsSingular(name, items.Element))
        {
            Step = new MemberStep(items, name),
            Keys = items.Keys is { } keys ? [.. keys, name] : null,
            Element = name,
        };

    private PathValue Context(PathNode.Context context)
    {
        if (context.Name == "$this") return scope.This;
        return scope.Index is { } index ? new PathValue.Scalar(index, PathKind.Integer)
            : throw new PathException(context.Offset, "$index has a meaning only within a function's criterion.", "Use %rowIndex for the place within forEach.");
    }

    private PathValue Variable(PathNode.Variable variable) => variable.Name switch
    {
        "rowIndex" => new PathValue.Scalar(scope.RowIndex, PathKind.Integer),
        "resource" or "rootResource" => PathScope.Focus(scope.Resource, scope.ResourceType),
        "context" => scope.Context,
        "ucum" => Literals.Text("http://unitsofmeasure.org"),
        "sct" => Literals.Text("http://snomed.info/sct"),
        "loinc" => Literals.Text("http://loinc.org"),
        _ when scope.Constants.TryGetValue(variable.Name, out var constant) => constant,
        _ => throw new PathException(variable.Offset, $"The view has no constant '{variable.Name}'.", Nearest.Hint(variable.Name, [.. scope.Constants.Keys, "rowIndex", "resource"])),
    };

    private PathValue Member(PathNode.Member member)
    {
        if (member.Source is not null) return Step(Compile(member.Source), member.Name);
        // A path may begin with the type of the resource: Patient.name.
        if (member.Name == scope.ResourceType && scope.This is PathValue.Items { IsFocus: true } focus && focus.Base == scope.Resource) return focus;
        return Step(scope.This, member.Name);
    }

    private PathValue Indexed(PathNode.Indexed indexed)
    {
        var source = Compile(indexed.Source);
        var index = Compile(indexed.Index);
        if (index.Kind is not (PathKind.Integer or PathKind.Unknown or PathKind.Nothing))
            throw new PathException(indexed.Index.Offset, "Expected a whole number between [ and ].");
        if (index is PathValue.Scalar { Sql: var sql } && int.TryParse(sql, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return Collections.At(source, place, Names);
        var items = Collections.Items(source, Names);
        var item = Reads.Bind([Collections.Array(items, Names), Reads.Number(index, Names)], Names, x => $"case when {x[1]} between 0 and 2147483647 then {x[0]} -> {x[1]}::int end");
        return Collections.One(item, items.Kind, items.Element);
    }

    private PathValue Signed(PathNode.Sign sign)
    {
        var operand = Compile(sign.Operand);
        if (operand.Kind is PathKind.String or PathKind.Boolean) throw new PathException(sign.Offset, $"'{sign.Operator}' stands before a value that is no number.");
        var kind = operand.Kind == PathKind.Integer ? PathKind.Integer : PathKind.Decimal;
        return sign.Operator == "-" ? new PathValue.Scalar($"(- {Reads.Number(operand, Names)})", kind) : operand;
    }
}
