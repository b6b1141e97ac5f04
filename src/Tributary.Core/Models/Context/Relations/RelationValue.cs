using Tributary.Core.Models.Files;
using Tributary.Core.Postgres;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>
/// dbt's Relation: a database, schema and name, which of them are shown and which quoted, and what kind of thing it is.
/// Printed in a template it is the name for SQL. Immutable.
/// </summary>
internal sealed class RelationValue : ContextObject, IEquatable<RelationValue>
{
    public const string EphemeralPrefix = "__dbt__cte__";

    private static readonly MemberTable<RelationValue> Members = new()
    {
        ["database"] = r => r.Database,
        ["schema"] = r => r.Schema,
        ["identifier"] = r => r.Identifier,
        ["name"] = r => r.Identifier,
        ["table"] = r => r.Identifier,
        ["type"] = r => r.Type,
        ["metadata"] = _ => new JinjaDict { ["type"] = "PostgresRelation" },
        ["dbt_created"] = _ => false,
        ["limit"] = _ => null,
        ["is_table"] = r => r.Type == "table",
        ["is_view"] = r => r.Type == "view",
        ["is_cte"] = r => r.Type == "cte",
        ["is_materialized_view"] = r => r.Type == "materialized_view",
        ["is_pointer"] = _ => false,
        ["can_be_renamed"] = r => r.Type is "table" or "view",
        ["can_be_replaced"] = r => r.Type is "view",
        ["renameable_relations"] = _ => new List<object?> { "table", "view" },
        ["replaceable_relations"] = _ => new List<object?> { "view" },
        ["path"] = r => new RelationPart("Path", r.Database, r.Schema, r.Identifier),
        ["include_policy"] = r => new RelationPart("Policy", r.Shown.Database, r.Shown.Schema, r.Shown.Identifier),
        ["quote_policy"] = r => new RelationPart("Policy", r.Quoted.Database, r.Quoted.Schema, r.Quoted.Identifier),
        ["quote_character"] = _ => "\"",
        ["render"] = r => Method("render", "", _ => r.Plain()),
        ["include"] = r => Method("include", "database=None, schema=None, identifier=None", a => r.With(shown: Change(r.Shown, a))),
        ["quote"] = r => Method("quote", "database=None, schema=None, identifier=None", a => r.With(quoted: Change(r.Quoted, a))),
        ["incorporate"] = r => Method("incorporate", "path=None, type=None, database=None, schema=None, identifier=None", r.Incorporate),
        ["replace_path"] = r => Method("replace_path", "database=None, schema=None, identifier=None", a => r.With(Named(a[0]), Named(a[1]), Named(a[2]))),
        ["without_identifier"] = r => Method("without_identifier", "", _ => r.With(shown: r.Shown with { Identifier = false })),
        ["information_schema"] = r => Method("information_schema", "view_name=None", a => r.InformationSchema(Named(a[0]))),
        ["matches"] = r => Method("matches", "database=None, schema=None, identifier=None", r.Matches),
        ["relation_max_name_length"] = _ => Method("relation_max_name_length", "", _ => 63L),
        ["quoted"] = _ => Method("quoted", "identifier", a => Text.Identifier.Quote(PythonText.Of(a[0]))),
        ["add_ephemeral_prefix"] = _ => Method("add_ephemeral_prefix", "name", a => EphemeralPrefix + PythonText.Of(a[0])),
        ["information_schema_only"] = r => Method("information_schema_only", "", _ => r.InformationSchema(null)),
        ["to_dict"] = r => Method("to_dict", "omit_none=False", _ => r.AsDict()),
        ["get"] = r => Method("get", "key, default=None", a => r.TryGetAttribute(a.Text(0), out var value) ? value : a[1]),
    };

    private static readonly object?[] Fields = ["path", "type", "quote_character", "include_policy", "quote_policy", "dbt_created", "limit"];

    public string? Database { get; init; }

    public string? Schema { get; init; }

    public string? Identifier { get; init; }

    /// <summary>table, view, materialized_view, cte, external, or null when nobody looked.</summary>
    public string? Type { get; init; }

    public Quoting Shown { get; init; } = Quoting.All;

    public Quoting Quoted { get; init; } = Quoting.All;

    /// <summary>A condition on its rows, with which it is a subquery in SQL: the events of a batch. Null: the relation as it is.</summary>
    public string? Filter { get; init; }

    public override string TypeName => "PostgresRelation";

    /// <summary>Schema and name for the engine's own SQL.</summary>
    public Relation Place => new(Schema ?? "", Identifier ?? "");

    public static RelationValue Ephemeral(string name) => new()
    {
        Identifier = EphemeralPrefix + name,
        Type = "cte",
        Shown = new Quoting(false, false, true),
        Quoted = new Quoting(false, false, false),
    };

    /// <summary>dbt's relations are mappings of their fields, and packages tell a relation from text by that.</summary>
    public override bool IsMapping => true;

    public override IEnumerable<object?> Items => Fields;

    public override int? Length => Fields.Length;

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    /// <summary>The name; with a filter a subquery, named as dbt names it.</summary>
    public override string ToString() => Filter is null ? Plain() : $"(select * from {Plain()} where {Filter}) _dbt_et_filter_subq_{Identifier}";

    /// <summary>The name without the filter: what <c>.render()</c> gives.</summary>
    private string Plain()
    {
        var parts = new List<string>(3);
        if (Shown.Database && Database is { Length: > 0 } database) parts.Add(Part(database, Quoted.Database));
        if (Shown.Schema && Schema is { Length: > 0 } schema) parts.Add(Part(schema, Quoted.Schema));
        if (Shown.Identifier && Identifier is { Length: > 0 } name) parts.Add(Part(name, Quoted.Identifier));
        return string.Join('.', parts);
    }

    public RelationValue With(
        string? database = null, string? schema = null, string? identifier = null, string? type = null, Quoting? shown = null, Quoting? quoted = null, string? filter = null) => new()
        {
            Database = database ?? Database,
            Schema = schema ?? Schema,
            Identifier = identifier ?? Identifier,
            Type = type ?? Type,
            Shown = shown ?? Shown,
            Quoted = quoted ?? Quoted,
            Filter = filter ?? Filter,
        };

    public bool Equals(RelationValue? other) =>
        other is not null && other.Database == Database && other.Schema == Schema && other.Identifier == Identifier;

    public override bool Equals(object? obj) => Equals(obj as RelationValue);

    public override int GetHashCode() => HashCode.Combine(Database, Schema, Identifier);

    private static string Part(string name, bool quoted) => quoted ? Text.Identifier.Quote(name) : name;

    private static string? Named(object? value) => value is null or Undefined ? null : PythonText.Of(value);

    private static Quoting Change(Quoting current, BoundArguments given) => new(
        given[0] as bool? ?? current.Database, given[1] as bool? ?? current.Schema, given[2] as bool? ?? current.Identifier);

    /// <summary>A part of the path that is given as none is taken away: a temporary relation has no schema.</summary>
    private RelationValue Incorporate(BoundArguments given)
    {
        var path = given[0] as JinjaDict ?? [];
        return new RelationValue
        {
            Database = path.TryGet("database", out var d) ? Named(d) : Named(given[2]) ?? Database,
            Schema = path.TryGet("schema", out var s) ? Named(s) : Named(given[3]) ?? Schema,
            Identifier = path.TryGet("identifier", out var i) ? Named(i) : Named(given[4]) ?? Identifier,
            Type = Named(given[1]) ?? Type,
            Shown = Shown,
            Quoted = Quoted,
        };
    }

    /// <summary><c>"database".INFORMATION_SCHEMA.columns</c>; the schema stays, for those who filter by it.</summary>
    private RelationValue InformationSchema(string? view) => new()
    {
        Database = Database,
        Schema = Schema,
        Identifier = view is null ? "INFORMATION_SCHEMA" : $"INFORMATION_SCHEMA.{view}",
        Quoted = new Quoting(Quoted.Database, false, false),
        Shown = new Quoting(Database is not null, false, true),
    };

    private JinjaDict AsDict() => new()
    {
        ["path"] = new JinjaDict { ["database"] = Database, ["schema"] = Schema, ["identifier"] = Identifier },
        ["type"] = Type,
        ["quote_character"] = "\"",
    };

    private object Matches(BoundArguments given) =>
        (Named(given[0]) is not { } d || d == Database) && (Named(given[1]) is not { } s || s == Schema) && (Named(given[2]) is not { } i || i == Identifier);
}
