namespace Tributary.Core.Fhir.Paths.Sql;

/// <summary>What an expression has become in SQL: a collection of JSON items, or one value of PostgreSQL's own types.</summary>
internal abstract record PathValue(PathKind Kind)
{
    /// <summary>
    /// A SQL expression of boolean, bigint, numeric or text (dates and times as FHIR writes them; a quantity is jsonb); NULL is the
    /// empty collection.
    /// </summary>
    public sealed record Scalar(string Sql, PathKind Kind) : PathValue(Kind);

    /// <summary>
    /// The items of a jsonpath (after <c>$</c>, lax) in a jsonb expression; a NULL base has none. <see cref="Step"/> is the last
    /// step while it is a plain element, so that a type may still change its key; <paramref name="IsOne"/>: never more than one.
    /// <see cref="Keys"/> are the plain keys from the base when the path is nothing else.
    /// </summary>
    public sealed record Items(string Base, string Path, PathKind Kind, bool IsOne = false) : PathValue(Kind)
    {
        public MemberStep? Step { get; init; }

        public IReadOnlyList<string>? Keys { get; init; }

        /// <summary>A quicker way to the text of these items.</summary>
        public Shortcut? Shortcut { get; init; }

        /// <summary>The element or resource type that these items are, as far as it is known.</summary>
        public string? Element { get; init; }

        /// <summary>The items are rows of the document itself, and the base is as cheap as a column.</summary>
        public bool IsFocus => Path.Length == 0 && Keys is { Count: 0 };
    }
}
