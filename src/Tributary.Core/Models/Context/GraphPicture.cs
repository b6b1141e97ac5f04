using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>The project as templates see it: <c>graph.nodes</c>, <c>graph.sources</c> and one node's <c>model</c>, with the keys of dbt's manifest.</summary>
internal static class GraphPicture
{
    public static JinjaDict Empty => Of([], []);

    public static JinjaDict Of(IEnumerable<ParsedNode> nodes, IEnumerable<SourceTable> sources)
    {
        var graph = new JinjaDict();
        graph["nodes"] = Keyed(nodes.Where(node => node.UnitTest is null).Select(node => (node.Id, Node(node))));
        graph["sources"] = Keyed(sources.Select(source => (source.Id, Source(source))));
        foreach (var section in new[] { "exposures", "metrics", "groups", "semantic_models", "saved_queries" }) graph[section] = new JinjaDict();
        return graph;
    }

    public static JinjaDict Node(ParsedNode node)
    {
        var columns = new JinjaDict();
        foreach (var column in node.Columns) columns[column.Name] = Column(column);
        return Dict(
            ("unique_id", node.Id), ("name", node.Name), ("resource_type", node.ResourceType), ("package_name", node.Package),
            ("path", node.Path), ("original_file_path", node.Path), ("database", node.Database), ("schema", node.Schema), ("alias", node.Alias),
            ("relation_name", node.IsEphemeral || node.Alias.Length == 0 ? null : node.Relation.Sql), ("fqn", node.Fqn), ("tags", node.Config.Tags), ("description", node.Description),
            ("meta", node.Config.Meta), ("config", Config(node)), ("columns", columns), ("raw_code", node.RawCode), ("raw_sql", node.RawCode), ("language", "sql"),
            ("depends_on", Dict(("nodes", node.DependsOn), ("macros", new List<object?>()))), ("version", null), ("access", node.Config.Text("access") ?? "protected"),
            ("checksum", Dict(("name", "none"), ("checksum", ""))), ("column_name", node.Test?.Column), ("attached_node", node.Test?.AttachedTo),
            ("test_metadata", node.Test is { } test ? Dict(("name", test.Name), ("namespace", test.Package), ("kwargs", test.Arguments)) : null));
    }

    private static JinjaDict Config(ParsedNode node)
    {
        var config = PlainObject.ToDict(node.Config.Values);
        config["materialized"] = node.Config.Materialized;
        config["enabled"] = node.Config.Enabled;
        foreach (var hook in new[] { "pre", "post" }) config[hook + "-hook"] = config.TryGet(hook + "_hook", out var hooks) ? hooks : new List<object?>();
        if (!config.Contains("meta")) config["meta"] = new JinjaDict();
        if (!config.Contains("tags")) config["tags"] = new List<object?>();
        return config;
    }

    public static JinjaDict Source(SourceTable source)
    {
        var columns = new JinjaDict();
        foreach (var column in source.Columns) columns[column.Name] = Column(column);
        return Dict(
            ("unique_id", source.Id), ("name", source.Name), ("source_name", source.Source), ("resource_type", "source"), ("package_name", source.Package),
            ("database", source.Database), ("schema", source.Schema), ("identifier", source.Identifier), ("description", source.Description),
            ("source_description", source.SourceDescription), ("loader", ""), ("loaded_at_field", source.LoadedAtField), ("tags", source.Tags), ("meta", source.Meta),
            ("freshness", source.Freshness), ("config", source.Config), ("columns", columns), ("original_file_path", source.At.File),
            ("relation_name", new Postgres.Relation(source.Schema, source.Identifier).Sql), ("fqn", new List<object?> { source.Package, source.Source, source.Name }));
    }

    private static JinjaDict Column(ColumnProperties column) => Dict(
        ("name", column.Name), ("description", column.Description), ("data_type", column.DataType), ("quote", column.Quote), ("tags", column.Tags), ("meta", column.Meta));

    private static JinjaDict Keyed(IEnumerable<(string Id, JinjaDict Value)> entries)
    {
        var dict = new JinjaDict();
        foreach (var (id, value) in entries) dict[id] = value;
        return dict;
    }

    private static JinjaDict Dict(params (string Key, object? Value)[] entries)
    {
        var dict = new JinjaDict();
        foreach (var (key, value) in entries) dict[key] = PlainObject.ToTemplate(value);
        return dict;
    }
}
