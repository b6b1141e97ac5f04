using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Parsing;

/// <summary>
/// Decides where a node's relation lives: the project's <c>generate_schema_name</c>, <c>generate_alias_name</c> and
/// <c>generate_database_name</c> answer, the target's schema prefix goes in front, long names are shortened.
/// </summary>
internal sealed class NodePlacer(MacroLibrary macros, ModelSettings settings, DbtProject root)
{
    public RelationValue Place(ParsedNode node, Func<NodeConfig, NodeContext> contextOf)
    {
        var context = contextOf(node.Config);
        var picture = new Lazy<JinjaDict>(() => NodePicture.Of(node));
        var schema = Ask("generate_schema_name", node, node.Config.Schema, context, picture) ?? settings.Target.Schema;
        var alias = Ask("generate_alias_name", node, node.Config.Alias, context, picture) ?? UsualAlias(node);
        var database = Ask("generate_database_name", node, node.Config.Database, context, picture) ?? settings.Target.Database;
        if (node.Kind == NodeKind.Snapshot) (database, schema) = (node.Config.Text("target_database") ?? database, node.Config.Text("target_schema") ?? schema);
        return new RelationValue
        {
            Database = database,
            Schema = Identifier.Shorten(settings.Target.SchemaPrefix + schema),
            Identifier = Identifier.Shorten(alias),
            Quoted = root.Quoting.With(node.Config["quoting"]),
        };
    }

    private static string UsualAlias(ParsedNode node) =>
        node.Version is null ? node.Name : $"{node.Name}_v{node.Version.Replace('.', '_')}";

    /// <summary>A package's own macro decides for its nodes, the project's for all others, as in dbt.</summary>
    private string? Ask(string macro, ParsedNode node, string? custom, NodeContext context, Lazy<JinjaDict> picture)
    {
        if ((macros.FindIn(node.Package, macro) ?? macros.Find(macro, root.Name)) is not { } found) return custom;
        if (IsEngines(macro, found)) return Usual(macro, custom);
        var answer = PythonText.Of(PlainObject.From(context.Call(found, custom, picture.Value))).Trim();
        return answer.Length == 0 ? null : answer;
    }

    /// <summary>Nobody put a macro of their own in place of the engine's: what it would write is known.</summary>
    private bool IsEngines(string name, PackageMacro found) =>
        found.Package == EmbeddedMacros.Package && macros.Dispatch(name, EmbeddedMacros.Package, root.Name)?.Package == EmbeddedMacros.Package;

    private string? Usual(string macro, string? custom) => macro switch
    {
        "generate_schema_name" => custom is null ? settings.Target.Schema : $"{settings.Target.Schema}_{custom.Trim()}",
        _ => custom?.Trim(),
    };
}
