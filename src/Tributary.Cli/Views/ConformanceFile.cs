using System.Text;
using System.Text.Json;
using Npgsql;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Text;

namespace Tributary.Cli.Views;

/// <summary>One file of the working group's test suite: resources, and views with the rows that they must make.</summary>
internal sealed class ConformanceFile(string name, JsonElement suite)
{
    /// <summary>Null when the file holds no tests (the suite's own schema).</summary>
    public static ConformanceFile? Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var isSuite = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("tests", out var tests) && tests.ValueKind == JsonValueKind.Array
                && root.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Array;
            return isSuite ? new ConformanceFile(Path.GetFileName(path), root.Clone()) : null;
        }
        catch (JsonException wrong)
        {
            throw new UserErrorException(ErrorCodes.ViewInvalid, new SourcePosition(path, (int)(wrong.LineNumber ?? 0) + 1), "this is not JSON");
        }
    }

    public string Name => name;

    public async Task<IReadOnlyList<ConformanceResult>> RunAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var table = new ResourceTable(connection);
        await table.BeginAsync(cancel);
        await table.LoadAsync(suite.GetProperty("resources").EnumerateArray().Select(resource => Encoding.UTF8.GetBytes(resource.GetRawText())), name, cancel);
        var results = new List<ConformanceResult>();
        foreach (var test in suite.GetProperty("tests").EnumerateArray())
        {
            var reason = await JudgeAsync(connection, test, cancel);
            results.Add(new ConformanceResult(Title(test), reason is null, reason));
        }
        return results;
    }

    private static string Title(JsonElement test) => test.TryGetProperty("title", out var title) ? title.GetString() ?? "" : "";

    /// <summary>Null when the test passed.</summary>
    private async Task<string?> JudgeAsync(NpgsqlConnection connection, JsonElement test, CancellationToken cancel)
    {
        var expectsError = test.TryGetProperty("expectError", out var error) && error.ValueKind == JsonValueKind.True;
        try
        {
            var view = ViewDefinitions.Read(Encoding.UTF8.GetBytes(test.GetProperty("view").GetRawText()), name);
            var compiled = ViewCompiler.Compile(view, ResourceTable.Of(view.Resource), ColumnForm.Document);
            var rows = new List<string?[]>();
            await foreach (var row in new ViewRows(connection, view, compiled).ReadAsync(cancel)) rows.Add(row);
            return expectsError ? "expected an error, found rows" : Judge(test, [.. compiled.Columns.Select(column => column.Name)], rows);
        }
        catch (UserErrorException wrong)
        {
            return expectsError ? null : wrong.Errors[0].Message;
        }
    }

    private static string? Judge(JsonElement test, IReadOnlyList<string> columns, IReadOnlyList<string?[]> rows)
    {
        if (test.TryGetProperty("expectColumns", out var order) && !columns.SequenceEqual(order.EnumerateArray().Select(column => column.GetString() ?? "")))
            return $"expected the columns {order.GetRawText()}, found {string.Join(", ", columns)}";
        if (test.TryGetProperty("expectCount", out var count) && count.GetInt32() != rows.Count) return $"expected {count.GetInt32()} rows, found {rows.Count}";
        return test.TryGetProperty("expect", out var expected) ? ConformanceRows.Compare([.. expected.EnumerateArray()], columns, rows) : null;
    }
}
