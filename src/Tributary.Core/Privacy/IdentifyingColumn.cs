using Tributary.Core.Postgres;

namespace Tributary.Core.Privacy;

/// <summary>A column of the personal track whose values must appear nowhere on the anonymous one.</summary>
public sealed record IdentifyingColumn(Relation Relation, string Column, string Class);
