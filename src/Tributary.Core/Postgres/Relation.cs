using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>A table or view by schema and name, both unquoted.</summary>
public readonly record struct Relation(string Schema, string Name)
{
    /// <summary>The quoted name for SQL: <c>"schema"."name"</c>.</summary>
    public string Sql => $"{Identifier.Quote(Schema)}.{Identifier.Quote(Name)}";

    public override string ToString() => $"{Schema}.{Name}";
}
