using Tributary.Core.Models.Files;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>dbt's <c>api</c>: <c>api.Relation.create(…)</c>, <c>api.Column</c>.</summary>
internal sealed class ApiValue(NodeContext context) : ContextObject
{
    public override string TypeName => "api";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "Relation" => new RelationFactory(context),
            "Column" => ColumnValue.Factory,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>Makes relations and knows their kinds.</summary>
    private sealed class RelationFactory(NodeContext context) : ContextObject
    {
        public override string TypeName => "Relation";

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "create" => Method("create", "database=None, schema=None, identifier=None, type=None, **kwargs", Create),
                "create_from" => Method("create_from", "config, node, **kwargs", a => OfNode(a[1])),
                "scd_args" => Method("scd_args", "primary_key, updated_at", a => new List<object?>(a[0] as IEnumerable<object?> ?? [a[0]]) { a[1] }),
                "add_ephemeral_prefix" => Method("add_ephemeral_prefix", "name", a => RelationValue.Ephemeral(PythonText.Of(a[0])).Identifier),
                "get_default_quote_policy" => Method("get_default_quote_policy", "", _ => Policy(Quoting.All)),
                "get_default_include_policy" => Method("get_default_include_policy", "", _ => Policy(Quoting.All)),
                "Table" => "table",
                "View" => "view",
                "CTE" => "cte",
                "MaterializedView" => "materialized_view",
                "External" => "external",
                "get_relation_type" => new Kinds(),
                _ => null,
            };
            return value is not null;
        }

        private static JinjaDict Policy(Quoting parts) => new() { ["database"] = parts.Database, ["schema"] = parts.Schema, ["identifier"] = parts.Identifier };

        private RelationValue Create(BoundArguments a)
        {
            var quoted = a.NamedRest.FirstOrDefault(pair => pair.Key == "quote_policy").Value;
            var shown = a.NamedRest.FirstOrDefault(pair => pair.Key == "include_policy").Value;
            return new RelationValue
            {
                Database = Name(a[0]),
                Schema = Name(a[1]),
                Identifier = Name(a[2]),
                Type = Name(a[3]),
                Quoted = context.Node.Root.Quoting.With(PlainObject.From(quoted)),
                Shown = Quoting.All.With(PlainObject.From(shown)),
            };
        }

        private RelationValue? OfNode(object? node) => node is not JinjaDict dict ? null : new RelationValue
        {
            Database = Name(dict.TryGet("database", out var database) ? database : context.Node.This.Database),
            Schema = Name(dict.TryGet("schema", out var schema) ? schema : null),
            Identifier = Name(dict.TryGet("alias", out var alias) ? alias : dict.TryGet("identifier", out var identifier) ? identifier : null),
        };

        private static string? Name(object? value) => value is null or Undefined ? null : PythonText.Of(value);
    }

    /// <summary><c>api.Relation.get_relation_type.View</c>.</summary>
    private sealed class Kinds : ContextObject
    {
        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch { "Table" => "table", "View" => "view", "CTE" => "cte", "MaterializedView" => "materialized_view", "External" => "external", _ => null };
            return value is not null;
        }
    }
}
