using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running.Checks;

/// <summary>The temporary views that stand in for a project's relations while it is checked.</summary>
internal sealed class CheckedRelations(NpgsqlConnection connection, ParsedProject project, CancellationToken cancel)
{
    private readonly Dictionary<string, RelationValue> instead = new(StringComparer.Ordinal);
    private readonly HashSet<string> unknown = new(StringComparer.Ordinal);
    private string? schema;

    /// <summary>By id of the node.</summary>
    public IReadOnlyDictionary<string, RelationValue> Instead => instead;

    public string LastStatement { get; private set; } = "";

    public static bool IsOf(ParsedNode node) => node.Kind != NodeKind.Test;

    /// <summary>A query without rows that has the seed's columns.</summary>
    public static string OfSeed(ParsedNode node) =>
        $"select {string.Join(", ", SeedTable.Of(node).Columns.Select(column => $"null::{column.DataType} as {Identifier.Quote(column.Name)}"))} where false";

    public void Unknown(ParsedNode node) => unknown.Add(node.Id);

    /// <summary>It reads something that was refused, and no earlier build of that stands.</summary>
    public async Task<bool> IsBehindUnknownAsync(ParsedNode node)
    {
        foreach (var id in node.DependsOn)
        {
            if (project.Find(id) is not { } parent) continue;
            if (parent.IsEphemeral ? await IsBehindUnknownAsync(parent) : !instead.ContainsKey(id) && !await StandsAsync(parent)) return true;
        }
        return false;
    }

    public async Task AddAsync(ParsedNode node, string sql)
    {
        var name = Identifier.Shorten($"{node.Schema}__{node.Alias}");
        LastStatement = $"create temporary view {Identifier.Quote(name)} as\n{sql}\n";
        await ExecuteAsync(LastStatement);
        if (node.Kind == NodeKind.Snapshot)
        {
            if (await StandsAsync(node)) return; // it holds the history's own columns too
            await ExecuteAsync($"create temporary view {Identifier.Quote(Identifier.Shorten(name, "__history"))} as select s.*, {HistoryColumns(node)} from {Identifier.Quote(name)} s");
            name = Identifier.Shorten(name, "__history");
        }
        schema ??= await TemporarySchemaAsync();
        instead[node.Id] = new RelationValue { Database = node.Database, Schema = schema, Identifier = name, Type = "view" };
    }

    private static string HistoryColumns(ParsedNode node)
    {
        var names = node.Config["snapshot_meta_column_names"] as IReadOnlyDictionary<string, object?>;
        var columns = new List<(string Name, string Type)> { ("dbt_scd_id", "text"), ("dbt_updated_at", "timestamp"), ("dbt_valid_from", "timestamp"), ("dbt_valid_to", "timestamp") };
        if (node.Config.Text("hard_deletes") == "new_record") columns.Add(("dbt_is_deleted", "text"));
        return string.Join(", ", columns.Select(column =>
            $"null::{column.Type} as {Identifier.Quote(names?.GetValueOrDefault(column.Name) is { } given ? PythonText.Of(given) : column.Name)}"));
    }

    private async Task<bool> StandsAsync(ParsedNode node)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection) { Parameters = { new() { Value = node.Relation.Sql } } };
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private async Task<string> TemporarySchemaAsync()
    {
        await using var command = new NpgsqlCommand("select nspname::text from pg_namespace where oid = pg_my_temp_schema()", connection);
        return (string)(await command.ExecuteScalarAsync(cancel))!; // there is one: a view was just made in it
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
