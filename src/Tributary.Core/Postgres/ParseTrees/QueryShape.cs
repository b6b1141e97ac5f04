namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// What PostgreSQL understood of one query: the relations that it reads (through views too), the functions that it calls, and
/// where each output column comes from.
/// </summary>
/// <param name="Relations">Every relation read, views and what lies behind them included, in the order of schema and name.</param>
/// <param name="Functions">Every function called, operators' functions included, in the order of schema, name and oid.</param>
/// <param name="ReadsClock">It asks for the current time or day, so that its result changes by itself.</param>
/// <param name="IsVolatile">It calls something whose result may change without new input: random(), a function of the user's that is not
/// immutable, the state of server or session.</param>
/// <param name="Because">Why <paramref name="ReadsClock"/> or <paramref name="IsVolatile"/>, in words: <c>calls random()</c>.</param>
/// <param name="Columns">The output columns in order.</param>
public sealed record QueryShape(
    IReadOnlyList<ReadRelation> Relations,
    IReadOnlyList<CalledFunction> Functions,
    bool ReadsClock,
    bool IsVolatile,
    IReadOnlyList<string> Because,
    IReadOnlyList<OutputColumn> Columns);
