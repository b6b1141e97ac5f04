using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Metrics;

/// <summary>The catalogue where analysts have it, and numbers that a model of their own makes.</summary>
public sealed class CatalogueFileTests
{
    private const string Catalogue = """
        version: 2
        metrics:
          - id: visits_by_hand
            unit: count
            grain: day
            entity_keys: [organization_id]
            source_model: daily_visits
            expression: sum(value)
            description: Visits a day, by a model of our own.
            version: 1
        """;

    [Fact]
    [Requirement("E29", "E31", "E32")]
    public async Task A_catalogue_among_the_models_counts_with_a_model_of_ones_own()
    {
        await using var project = await EngageProject.CreateAsync();
        project.Write("models/metrics/_metrics_catalog.yml", Catalogue);
        project.Write("models/metrics/daily_visits.sql", """
            select started_at::date as period_date, organization_id, count(*) as value from {{ ref('encounters') }} where started_at is not null group by 1, 2
            """);
        var check = (await project.RunAsync("check")).Expect(0);
        Assert.DoesNotContain("_metrics_catalog", check.Errors, StringComparison.Ordinal);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build", "--as-of", "2025-12-31")).Expect(0);

        Assert.Equal(["t"], await project.Warehouse.LinesAsync("""
            select ((select sum(value) from engage_analytics_mart.fct_metrics_long where metric_id = 'visits_by_hand') = (select sum(value) from engage_analytics_mart.daily_visits))::text::char(1)
            """));
    }

    [Fact]
    [Requirement("E29", "E33")]
    public async Task Mistakes_in_it_are_found_with_file_and_line_and_an_id_is_taken_once_in_all_files()
    {
        await using var project = await EngageProject.CreateAsync();
        project.Write("models/metrics/_metrics_catalog.yml", Catalogue.Replace("visits_by_hand", "patient_count", StringComparison.Ordinal));
        var check = (await project.RunAsync("check")).Expect(2);
        Assert.Contains("models/metrics/_metrics_catalog.yml:3:", check.Errors, StringComparison.Ordinal);
        Assert.Contains("patient_count", check.Errors, StringComparison.Ordinal);
        Assert.Contains("daily_visits", check.Errors, StringComparison.Ordinal);
    }
}
