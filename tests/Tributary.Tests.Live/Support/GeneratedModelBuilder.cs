using System.Text.RegularExpressions;
using Tributary.Core.Graph;
using Tributary.Core.Postgres.ParseTrees;

namespace Tributary.Tests.Live.Support;

/// <summary>
/// Builds generated models without the model engine: <c>ref</c> becomes a relation of schema <c>models</c>, <c>source</c> one of the
/// schema that it names, <c>as_of_date</c> a fixed day; an incremental model that exists is written by delete and insert.
/// </summary>
internal sealed partial class GeneratedModelBuilder(TestDatabase warehouse, string asOfDate = "2025-12-31")
{
    public async Task BuildAsync(params IEnumerable<GeneratedModel> models)
    {
        await warehouse.ExecuteAsync("create schema if not exists models");
        foreach (var model in models) await BuildAsync(model);
    }

    /// <summary>What PostgreSQL's parser says of each model that would make it never fresh; models must have been built.</summary>
    public async Task<IReadOnlyList<string>> WhyNeverFreshAsync(params IEnumerable<GeneratedModel> models)
    {
        await using var connection = await warehouse.OpenAsync();
        var reasons = new List<string>();
        foreach (var model in models)
        {
            var shape = await ParseTree.ReadAsync(connection, Compile(model, isIncremental: false), TestContext.Current.CancellationToken);
            reasons.AddRange(shape.Because.Select(because => $"{model.Name} {because}"));
        }
        return reasons;
    }

    private async Task BuildAsync(GeneratedModel model)
    {
        var relation = $"models.\"{model.Name}\"";
        var isIncremental = model.Config["materialized"] is "incremental" && await warehouse.ScalarAsync<bool>("select to_regclass($1) is not null", relation);
        var sql = Compile(model, isIncremental);
        if (isIncremental)
        {
            await warehouse.ExecuteAsync($"""
                create table models.delta as {sql};
                delete from {relation} where "{model.Config["unique_key"]}" in (select "{model.Config["unique_key"]}" from models.delta);
                insert into {relation} select * from models.delta;
                drop table models.delta;
                """);
            return;
        }
        var kind = model.Config["materialized"] is "view" ? "view" : "table";
        await warehouse.ExecuteAsync($"drop {kind} if exists {relation}; create {kind} {relation} as {sql}");
    }

    private string Compile(GeneratedModel model, bool isIncremental)
    {
        var sql = Incremental().Replace(model.Template, match => isIncremental ? match.Groups[1].Value : "");
        sql = Reference().Replace(sql, match => $"models.\"{match.Groups[1].Value}\"");
        sql = Source().Replace(sql, match => $"\"{match.Groups[1].Value}\".\"{match.Groups[2].Value}\"");
        sql = AsOfDate().Replace(sql, $"'{asOfDate}'::date");
        sql = sql.Replace("{{ this }}", $"models.\"{model.Name}\"", StringComparison.Ordinal).Replace("{{ as_of }}", $"'{asOfDate}T12:00:00Z'::timestamptz", StringComparison.Ordinal);
        Assert.DoesNotContain("{{", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("{%", sql, StringComparison.Ordinal);
        return sql;
    }

    [GeneratedRegex(@"\{% if is_incremental\(\) %\}(.*?)\{% endif %\}", RegexOptions.Singleline)]
    private static partial Regex Incremental();

    [GeneratedRegex(@"\{\{ ref\('([^']+)'\) \}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{\{ source\('([^']+)', '([^']+)'\) \}\}")]
    private static partial Regex Source();

    [GeneratedRegex(@"\{\{ as_of_date\('[^']+'\) \}\}")]
    private static partial Regex AsOfDate();
}
