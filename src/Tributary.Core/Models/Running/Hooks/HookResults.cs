using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running.Hooks;

/// <summary>What hooks at the run's end see of the run: <c>results</c>, <c>schemas</c>, <c>database_schemas</c>.</summary>
internal static class HookResults
{
    public static void AddTo(NodeContext context, IReadOnlyList<NodeResult> results)
    {
        var pictures = context.Node.Graph().TryGet("nodes", out var nodes) ? nodes as JinjaDict : null;
        var schemas = new List<object?>();
        var pairs = new List<object?>();
        foreach (var node in results.Where(IsBuilt).Select(result => Picture(result, pictures)))
        {
            var (database, schema) = (Text(node, "database"), Text(node, "schema"));
            if (schema is null) continue;
            if (!pairs.OfType<JinjaTuple>().Any(pair => Equals(pair[0], database) && Equals(pair[1], schema))) pairs.Add(new JinjaTuple(database, schema));
            if (!schemas.Contains(schema)) schemas.Add(schema);
        }
        context["results"] = results.Select(result => (object?)new ResultValue(result, Picture(result, pictures))).ToList();
        context["schemas"] = schemas;
        context["database_schemas"] = pairs;
    }

    /// <summary>The node as the manifest has it, with the SQL that this run compiled.</summary>
    private static JinjaDict Picture(NodeResult result, JinjaDict? pictures)
    {
        var picture = pictures is not null && pictures.TryGet(result.Node.Id, out var found) && found is JinjaDict known ? known : new JinjaDict { ["unique_id"] = result.Node.Id, ["name"] = result.Node.Name };
        picture["compiled_code"] = result.CompiledCode;
        picture["compiled"] = result.CompiledCode is not null;
        return picture;
    }

    private static bool IsBuilt(NodeResult result) =>
        result.Node.Kind is NodeKind.Model or NodeKind.Seed or NodeKind.Snapshot && result.Status is not ("error" or "fail" or "skipped");

    private static string? Text(JinjaDict dict, string key) => dict.TryGet(key, out var value) ? value as string : null;
}
