using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>The project as templates see it, with the keys of dbt's manifest: <c>graph.nodes</c>, <c>graph.sources</c> and the other sections by id.</summary>
internal static class GraphPicture
{
    private static readonly string[] Sections = ["exposures", "groups", "metrics", "nodes", "sources", "semantic_models", "saved_queries"];

    public static JinjaDict Empty
    {
        get
        {
            var graph = new JinjaDict();
            foreach (var section in Sections) graph[section] = new JinjaDict();
            return graph;
        }
    }

    public static JinjaDict Of(ParsedProject project)
    {
        var graph = Empty;
        graph["nodes"] = Keyed(project.Nodes.Where(node => !node.IsUnitTest).Select(node => (node.Id, NodePicture.Of(node, project.Macros))));
        graph["sources"] = Keyed(project.Sources.Values.Select(source => (source.Id, SourcePicture.Of(source, project))));
        foreach (var section in project.Resources.GroupBy(resource => resource.Kind)) graph[ResourcePicture.SectionOf(section.Key)] = Keyed(section.Select(resource => (resource.Id, ResourcePicture.Of(resource))));
        return graph;
    }

    public static JinjaDict Columns(IEnumerable<ColumnProperties> columns)
    {
        var dict = new JinjaDict();
        foreach (var column in columns) dict[column.Name] = Column(column);
        return dict;
    }

    public static JinjaDict Dict(params (string Key, object? Value)[] entries)
    {
        var dict = new JinjaDict();
        foreach (var (key, value) in entries) dict[key] = PlainObject.ToTemplate(value);
        return dict;
    }

    private static JinjaDict Column(ColumnProperties column) => Dict(
        ("name", column.Name), ("description", column.Description), ("meta", column.Meta), ("data_type", column.DataType), ("constraints", column.Constraints),
        ("quote", column.Quote ? true : null), ("config", Dict(("meta", column.Meta), ("tags", column.Tags))), ("tags", column.Tags), ("granularity", null));

    private static JinjaDict Keyed(IEnumerable<(string Id, JinjaDict Value)> entries)
    {
        var dict = new JinjaDict();
        foreach (var (id, value) in entries) dict[id] = value;
        return dict;
    }
}
