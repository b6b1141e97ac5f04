using Tributary.Core.Graph;

namespace Tributary.Core.Forms;

/// <summary>What a project's <c>forms:</c> entry becomes: a table a form and a list, and the dictionary of them all.</summary>
public static class FormModels
{
    /// <summary>Tables whose names <paramref name="taken"/> has are the user's own and are left out.</summary>
    public static IReadOnlyList<GeneratedModel> From(FormsConfig config, IReadOnlyList<FormDefinition> versions, ReportsTable reports, IReadOnlySet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(taken);
        var tables = FormTables.Of(config.Prefix, versions).Where(table => !taken.Contains(table.Name)).ToList();
        return [.. tables.Select(table => Model(table, config, reports)), .. taken.Contains(config.Dictionary) ? [] : new[] { FormDictionary.Of(config, tables) }];
    }

    private static GeneratedModel Model(FormTable table, FormsConfig config, ReportsTable reports)
    {
        var sql = new FormSql(table, reports);
        return new GeneratedModel(table.Name, config.Folder, sql.Template(), Configuration(table), [.. sql.Described()], config.At, Describe(table));
    }

    private static Dictionary<string, object?> Configuration(FormTable table) => new()
    {
        ["materialized"] = "incremental",
        ["unique_key"] = table.Positions.Count == 0 ? "uuid" : (List<object?>)["uuid", .. table.Positions],
    };

    private static string Describe(FormTable table)
    {
        var form = $"the form {table.Newest.Form}{(table.Newest.Title.Length > 0 && table.Newest.Title != table.Newest.Form ? $" ({table.Newest.Title})" : "")}";
        var text = table.List.Length == 0 ? $"Reports of {form}, one row each." : $"Entries of the list {table.List} in reports of {form}, one row each.";
        return text.Replace("{", "(", StringComparison.Ordinal);
    }
}
