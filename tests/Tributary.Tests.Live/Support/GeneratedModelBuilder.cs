using System.Text.RegularExpressions;
using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Support;

/// <summary>
/// Builds generated models without the model engine: <c>ref</c> becomes a table of schema <c>models</c>, <c>source</c> one of the
/// schema that it names, <c>as_of_date</c> a fixed day.
/// </summary>
internal sealed partial class GeneratedModelBuilder(TestDatabase warehouse, string asOfDate = "2025-12-31")
{
    public async Task BuildAsync(params IEnumerable<GeneratedModel> models)
    {
        await warehouse.ExecuteAsync("create schema if not exists models");
        foreach (var model in models)
        {
            var kind = model.Config["materialized"] is "view" ? "view" : "table";
            await warehouse.ExecuteAsync($"""create {kind} models."{model.Name}" as {Compile(model)}""");
        }
    }

    public string Compile(GeneratedModel model)
    {
        var sql = Reference().Replace(model.Template, match => $"models.\"{match.Groups[1].Value}\"");
        sql = Source().Replace(sql, match => $"\"{match.Groups[1].Value}\".\"{match.Groups[2].Value}\"");
        sql = AsOfDate().Replace(sql, $"'{asOfDate}'::date");
        Assert.DoesNotContain("{{", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("{%", sql, StringComparison.Ordinal);
        return sql;
    }

    [GeneratedRegex(@"\{\{ ref\('([^']+)'\) \}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{\{ source\('([^']+)', '([^']+)'\) \}\}")]
    private static partial Regex Source();

    [GeneratedRegex(@"\{\{ as_of_date\('[^']+'\) \}\}")]
    private static partial Regex AsOfDate();
}
