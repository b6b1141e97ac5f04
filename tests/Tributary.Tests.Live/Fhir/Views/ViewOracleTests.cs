using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Random views over random resources, once by SQL and once by the specification's algorithm in C#.</summary>
public sealed class ViewOracleTests
{
    private const int Views = 120;
    private const int Resources = 4;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Rows_are_those_of_the_specifications_algorithm()
    {
        await using var database = await TestDatabase.CreateAsync(migrated: false);
        await database.ExecuteAsync("create table raw (resource jsonb not null)");
        await using var connection = await database.OpenAsync();
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TRIBUTARY_SEED"), out var given) ? given : 17;
        var compared = 0;
        var failures = new List<string>();
        for (var i = 0; i < Views; i++)
        {
            var chance = new Random(seed * 100_000 + i);
            var type = new[] { "Patient", "Observation", "QuestionnaireResponse" }[chance.Next(3)];
            var json = new RandomView(chance).Of(type).ToJsonString(Plain);
            var documents = Enumerable.Range(0, Resources).Select(_ => JsonNode.Parse(new RandomResource(chance).Of(type).ToJsonString())!).ToList();
            if (await CompareAsync(connection, json, documents) is not { } difference) continue;
            compared++;
            if (difference.Length > 0) failures.Add(await NarrowAsync(connection, json, documents) ?? difference);
        }
        Assert.True(failures.Count == 0, $"{failures.Count} views differ\n{string.Join("\n\n", failures.OrderBy(failure => failure.Length).Take(5))}");
        Assert.InRange(compared, Views / 3, Views);
    }

    /// <summary>The difference that one resource alone shows.</summary>
    private static async Task<string?> NarrowAsync(NpgsqlConnection connection, string json, List<JsonNode> documents)
    {
        foreach (var document in documents)
        {
            if (await CompareAsync(connection, json, [document]) is { Length: > 0 } difference) return difference;
        }
        return null;
    }

    /// <summary>Null when the specification wants an error, which SQL may meet or not reach; empty when the rows are alike.</summary>
    private static async Task<string?> CompareAsync(NpgsqlConnection connection, string json, List<JsonNode> documents)
    {
        var view = ViewDefinitions.Read(Encoding.UTF8.GetBytes(json), "view.json");
        if (Expected(view, documents) is not { } expected || Compiled(view) is not { } compiled) return null;
        var found = await RowsAsync(connection, compiled, documents);
        if (expected.SequenceEqual(found)) return "";
        var resources = documents.Count == 1 ? documents[0].ToJsonString(Plain) : $"{documents.Count} resources";
        return $"{json}\n{resources}\nexpected\n{string.Join('\n', expected)}\nfound\n{string.Join('\n', found)}\n{compiled.Sql}";
    }

    private static List<string>? Expected(ViewDefinition view, List<JsonNode> documents)
    {
        try
        {
            var oracle = new ViewOracle(view);
            return [.. documents.SelectMany(oracle.Rows).Select(row => string.Join(" | ", view.Columns.Select(column => row[column.Name] ?? "∅"))).Order(StringComparer.Ordinal)];
        }
        catch (OracleException)
        {
            return null;
        }
    }

    /// <summary>Null when the view is known to be wrong before any resource is seen.</summary>
    private static CompiledView? Compiled(ViewDefinition view)
    {
        try
        {
            return ViewCompiler.Compile(view, new ViewTable("raw", Deleted: null), ColumnForm.Document);
        }
        catch (UserErrorException wrong) when (wrong.Errors.All(error => error.Message.Contains("takes numbers", StringComparison.Ordinal) || error.Message.Contains("no boolean", StringComparison.Ordinal)))
        {
            return null;
        }
    }

    private static async Task<List<string>> RowsAsync(NpgsqlConnection connection, CompiledView compiled, List<JsonNode> documents)
    {
        await ExecuteAsync(connection, "truncate raw");
        await ExecuteAsync(connection, "insert into raw select jsonb_array_elements($1::jsonb)", new JsonArray([.. documents.Select(document => document.DeepClone())]).ToJsonString());
        var columns = string.Join(", ", compiled.Columns.Select(column => $"to_json(v.{Identifier.Quote(column.SqlName)})::text"));
        await using var command = new NpgsqlCommand($"select {columns} from (\n{compiled.Sql}) as v", connection);
        try
        {
            var rows = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : OracleValues.Canonical(JsonNode.Parse(reader.GetString(i))))));
            return [.. rows.Order(StringComparer.Ordinal)];
        }
        catch (PostgresException refused)
        {
            return [refused.MessageText];
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, string? value = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (value is not null) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
