namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// A function that a query calls. <paramref name="Volatility"/> is pg_proc.provolatile: i immutable, s stable, v volatile.
/// <paramref name="BodyHash"/> is the md5 of its body, as <c>Graph/read_successes.sql</c> computes it.
/// </summary>
public sealed record CalledFunction(uint Oid, string Schema, string Name, char Volatility, bool IsBuiltIn, string Language, string BodyHash);
