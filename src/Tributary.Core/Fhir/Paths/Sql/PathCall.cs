using System.Globalization;

namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>One call of a function on what stands before it.</summary>
internal sealed record PathCall(PathCompiler Compiler, PathNode.Call Node, PathValue Source)
{
    public SqlNames Names => Compiler.Names;

    public PathNode Argument(int place) => Node.Arguments[place];

    public bool Has(int place) => place < Node.Arguments.Count;

    /// <summary>An argument that is evaluated outside the source's items.</summary>
    public PathValue Value(int place) => Compiler.Compile(Argument(place));

    public string Text(int place) => Reads.Text(Value(place), Names);

    public string Number(int place) => Reads.Number(Value(place), Names);

    /// <summary>The source as the one text that it must be; a number or a boolean is none.</summary>
    public string SourceText => Source.Kind switch
    {
        PathKind.Unknown => Reads.Each(Source, Names, item => $"case jsonb_typeof({item}) when 'string' then {item} #>> '{{}}' end"),
        PathKind.Integer or PathKind.Decimal or PathKind.Boolean or PathKind.Quantity or PathKind.Complex => "null::text",
        _ => Reads.Text(Source, Names),
    };

    /// <summary>The one value of the source as text, whatever it is.</summary>
    public string SourceAsText => Reads.Text(Source, Names);

    /// <summary>The source as the one number that it must be.</summary>
    public string SourceNumber => Reads.Number(Source, Names);

    /// <summary>An argument that must be a whole number as it is written.</summary>
    public int Whole(int place) =>
        Argument(place) is PathNode.Literal { Kind: PathKind.Integer, Text: var digits } && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new PathException(Argument(place).Offset, $"{Node.Name}() takes a whole number that is written out.");

    /// <summary>An argument that must be a text as it is written, or a constant of the view.</summary>
    public string Written(int place) => Argument(place) switch
    {
        PathNode.Literal { Kind: PathKind.String, Text: var text } => text,
        PathNode.Variable variable when Compiler.Scope.Texts.TryGetValue(variable.Name, out var text) => text,
        var other => throw new PathException(other.Offset, $"{Node.Name}() takes a text that is written out, or a constant of the view."),
    };

    /// <summary>Rows of the source's items that meet a criterion, as FROM and WHERE; <c>$index</c> counts from 0.</summary>
    public (string Item, string Rows, string Condition, PathValue.Items Source) Filtered(int place)
    {
        var items = Collections.Items(Source, Names);
        var row = Names.Next("w");
        var focus = PathScope.Focus($"{row}.item", items.Element, items.Kind);
        var condition = Compiler.Within(focus, $"({row}.place - 1)").Condition(Argument(place));
        return ($"{row}.item", $"{Collections.Rows(items)} with ordinality as {row}(item, place)", condition, items);
    }

    public static PathValue.Scalar Boolean(string sql) => new(sql, PathKind.Boolean);
}
