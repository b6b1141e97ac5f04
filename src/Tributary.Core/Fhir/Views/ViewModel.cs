using Tributary.Core.Graph;

namespace Tributary.Core.Fhir.Views;

/// <summary>The model that a view becomes: from there on a model as any other.</summary>
public static class ViewModel
{
    /// <summary>
    /// <paramref name="table"/>'s relation is a template; <paramref name="folder"/> where the view lies (<c>views/clinic</c>). Throws what
    /// <see cref="ViewCompiler"/> throws.
    /// </summary>
    public static GeneratedModel Of(ViewDefinition view, string name, string folder, ViewTable table, ViewsConfig? config)
    {
        var compiled = ViewCompiler.Compile(view, table, ColumnForm.Table);
        // The server's compiler takes a subquery that never runs for a dear one, and works longer than the query does.
        var settings = new Dictionary<string, object?> { ["pre_hook"] = new List<object?> { "set local jit = off" } };
        if (config?.Materialized is { } materialized) settings["materialized"] = materialized;
        return new GeneratedModel(
            name, folder, compiled.Sql, settings, [.. compiled.Columns.Select(column => new GeneratedColumn(column.SqlName, column.Description, column.Type))], view.At, view.Description);
    }
}
