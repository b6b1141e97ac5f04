using Tributary.Core.Models.Context.Functions;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>One entry of a model's <c>indexes</c>: <c>columns</c>, <c>unique</c>, <c>type</c>, and by <c>render(relation)</c> its name.</summary>
internal sealed class IndexValue(JinjaDict given, string run) : ContextObject
{
    private static readonly string[] Keys = ["columns", "unique", "type", "name"];

    public override string TypeName => "PostgresIndexConfig";

    /// <summary>Throws when the entry has no columns or a key that is unknown.</summary>
    public static IndexValue Parse(object? raw, string run)
    {
        if (raw is not JinjaDict given || !given.TryGet("columns", out _)) throw new TemplateException("an entry of 'indexes' has no columns", "Write {'columns': ['id'], 'unique': true, 'type': 'btree'}.");
        var unknown = given.Select(entry => PythonText.Of(entry.Key)).FirstOrDefault(key => !Keys.Contains(key));
        return unknown is null ? new IndexValue(given, run) : throw new TemplateException($"an entry of 'indexes' has an unknown key '{unknown}'", "It knows columns, unique and type.");
    }

    public override bool TryGetAttribute(string name, out object? value)
    {
        (var known, value) = name switch
        {
            "columns" => (true, Columns()),
            "unique" => (true, given.TryGet("unique", out var unique) && unique is true),
            "type" => (true, given.TryGet("type", out var type) ? type : null),
            "render" => (true, Method("render", "relation", a => IndexName.Of(a[0] as RelationValue ?? throw new TemplateException("render() needs the relation"), given, run))),
            _ => (false, null),
        };
        return known;
    }

    private List<object?> Columns() => given.TryGet("columns", out var columns) && columns is not string ? [.. Collections.Items(columns)] : [columns];
}
