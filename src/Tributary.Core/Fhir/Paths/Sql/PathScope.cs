namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>What an expression sees: <c>$this</c>, the whole resource, the place in an iteration and the view's constants.</summary>
internal sealed record PathScope(PathValue This, string Resource, string ResourceType, SqlNames Names)
{
    /// <summary><c>%context</c>: what the whole expression is evaluated on.</summary>
    public PathValue Context { get; private init; } = This;

    /// <summary><c>%rowIndex</c></summary>
    public string RowIndex { get; init; } = "0";

    /// <summary><c>$index</c> within a function's criterion; null outside.</summary>
    public string? Index { get; init; }

    public IReadOnlyDictionary<string, PathValue.Scalar> Constants { get; init; } = new Dictionary<string, PathValue.Scalar>();

    /// <summary>Those constants that are texts, as they are written.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The same scope for expressions on another item.</summary>
    public PathScope At(PathValue item) => this with { This = item, Context = item };

    /// <summary>The scope at the resource itself; <paramref name="resource"/> is the column.</summary>
    public static PathScope Root(string resource, string type, SqlNames names) => new(Focus(resource, type), resource, type, names);

    /// <summary>One item that lies in a column of the query.</summary>
    public static PathValue.Items Focus(string column, string? element, PathKind kind = PathKind.Unknown) =>
        new(column, "", kind, IsOne: true) { Keys = [], Element = element };
}
