namespace Tributary.Core.Models.Context.Relations;

/// <summary>The three parts of a relation's name, or what holds of each: <c>relation.path.schema</c>, <c>relation.quote_policy.identifier</c>.</summary>
internal sealed class RelationPart(string typeName, object? database, object? schema, object? identifier) : ContextObject
{
    public override string TypeName => typeName;

    public override bool TryGetAttribute(string name, out object? value)
    {
        (var known, value) = name switch
        {
            "database" => (true, database),
            "schema" => (true, schema),
            "identifier" => (true, identifier),
            "get_part" => (true, Method("get_part", "key", a => TryGetAttribute(a.Text(0), out var part) ? part : null)),
            _ => (false, null),
        };
        return known;
    }
}
