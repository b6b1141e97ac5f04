using Tributary.Core.Graph;
using Tributary.Core.Metrics;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Metrics;

public sealed class MetricCatalogTests
{
    private const string Whole = "unit: count, description: d, version: 1";
    private const string Simple = $"{Whole}, source_model: visits, date_column: at, expression: count(*)";

    [Theory, Requirement("E29")]
    [InlineData("source_model: visits, date_column: at, expression: count(*)", MetricType.Simple)]
    [InlineData("source_model: own, expression: sum(value)", MetricType.Simple)]
    [InlineData("source_model: visits, expression: count(*)", MetricType.Snapshot)]
    [InlineData("source_model: visits, date_column: at, window_days: 7, expression: count(*)", MetricType.Rolling)]
    [InlineData("source_model: visits, date_column: at, type: cumulative, expression: count(*)", MetricType.Cumulative)]
    public void The_type_is_told_by_the_keys(string keys, MetricType type) =>
        Assert.Equal(type, Assert.Single(Check($"{{ id: m, {Whole}, {keys} }}").Metrics).Type);

    [Fact, Requirement("E29")]
    public void The_catalogue_file_of_a_dbt_project_is_read()
    {
        var metric = Assert.Single(Read("""
            version: 2
            metrics:
              - id: client_encounters
                unit: count
                grain: day
                entity_keys: [organization_id]
                source_model: visits
                date_column: at
                expression: count(distinct client)
                description: Unique clients per day
                version: 3
            """, out var problems).Metrics);

        Assert.Empty(problems.Errors);
        Assert.Equal(("client_encounters", 3, "organization_id", "Europe/Berlin"), (metric.Id, metric.Config.Version, metric.Organization, metric.Zone));
    }

    [Theory, Requirement("E33")]
    [InlineData($"{{ id: m, {Whole}, source_model: vists, expression: count(*) }}", "metric m: source_model 'vists' is no model of this project → Did you mean 'visits'?")]
    [InlineData($"{{ id: m, {Whole}, source_model: visits, date_column: att, expression: count(*) }}", "metric m: date_column reads 'att', which visits does not declare → Did you mean 'at'? Declare the column in the model's YAML if it exists.")]
    [InlineData($"{{ id: m, {Whole}, source_model: visits, date_column: at, expression: count(cilent) }}", "metric m: expression reads 'cilent', which visits does not declare → Did you mean 'client'? Declare the column in the model's YAML if it exists.")]
    [InlineData($"{{ id: m, {Simple}, dimension: x_y_z }}", "metric m: dimension reads 'x_y_z', which visits does not declare")]
    [InlineData($"{{ id: m, {Whole}, source_model: visits, date_column: at, expression: \"count(*);\" }}", "metric m: expression cannot be read from ';' on")]
    [InlineData($"{{ id: m, {Whole}, source_model: visits, date_column: at }}", "metric m: expression is missing")]
    [InlineData($"{{ id: m, {Simple}, window_days: 5, type: simple }}", "metric m: window_days does not belong here: only a rolling metric or a ratio has a window")]
    [InlineData($"{{ id: m, {Simple}, type: snapshot }}", "metric m: date_column does not belong here: a snapshot counts all rows as they are at the run")]
    [InlineData($"{{ id: M-1, {Simple} }}", "'M-1' cannot be a metric's id")]
    [InlineData("{ id: m, unit: percent, description: d, version: 1, numerator: visits_a_day, denominator: none }", "metric m: numerator 'visits_a_day' is no metric of the catalogue")]
    [InlineData("{ id: m, unit: count, description: d, version: 1, source_model: visits, date_column: at, numerator: count(*), denominator: count(*) }", "metric m: unit is count, and a ratio is none")]
    public void What_cannot_be_is_refused(string entry, string message)
    {
        var problem = Assert.ThrowsAny<UserErrorException>(() => Check(entry)).Errors[0];

        Assert.StartsWith(message, $"{problem.Message} → {problem.Hint}", StringComparison.Ordinal);
        Assert.Equal(new SourcePosition("metrics/m.yml", 2, 5), problem.At);
    }

    [Theory, Requirement("E29")]
    [InlineData("version: 1.5", "version")]
    [InlineData("version: \"1\"", "version")]
    [InlineData("version: 0", "version")]
    [InlineData("version: 1, grain: week", "grain")]
    [InlineData("version: 1, zone: Mars/Base", "zone")]
    [InlineData("version: 1, suppress_below: 1", "suppress_below")]
    [InlineData("version: 1, window_days: 0", "window_days")]
    [InlineData("version: 1, entity_keys: [a, b]", "entity_keys")]
    [InlineData("version: 1, status: suppressed", "status")]
    [InlineData("version: 1, expresion: x", "expresion")]
    public void A_key_of_the_wrong_kind_is_refused_where_it_stands(string keys, string key)
    {
        var entry = $"{{ id: m, unit: count, description: d, source_model: visits, date_column: at, expression: count(*), {keys} }}";

        Assert.Contains(key, Assert.ThrowsAny<UserErrorException>(() => Check(entry)).Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact, Requirement("E33", "E34")]
    public void Ids_and_aliases_are_unique_over_all_files()
    {
        var error = Assert.ThrowsAny<UserErrorException>(() => Check($"{{ id: a, {Simple}, aliases: [b] }}", $"{{ id: b, {Simple} }}"));

        Assert.Equal("metrics/m.yml:3:5: TRB0112: the metric id 'b' is taken by metrics/m.yml:2:5", Assert.Single(error.Errors) with { Hint = null } is var plain ? plain.ToString() : "");
    }

    [Fact]
    public void Parts_of_a_ratio_share_their_dimension()
    {
        var error = Assert.ThrowsAny<UserErrorException>(() => Check(
            $"{{ id: a, {Simple}, dimension: client }}", $"{{ id: b, {Simple} }}", "{ id: r, unit: percent, description: d, version: 1, numerator: a, denominator: b }"));

        Assert.Equal("metric r: 'a' and 'b' are broken down by different dimensions", Assert.Single(error.Errors).Message);
    }

    [Fact, Requirement("E31")]
    public void Each_metric_is_a_model_and_snapshots_are_never_emptied()
    {
        var models = MetricModels.From(Check($"{{ id: a, {Simple}, aliases: [b] }}", $"{{ id: s, {Whole}, source_model: visits, expression: count(*) }}"));

        Assert.Equal(["metric_a", "metric_s", "fct_metrics_long"], models.Select(model => model.Name));
        Assert.Equal(("incremental", false), (models[1].Config["materialized"], models[1].Config["full_refresh"]));
        Assert.Contains("'b'::text as metric_id", models[2].Template, StringComparison.Ordinal);
        Assert.All(models, model => Assert.Equal("metrics", model.Folder));
    }

    [Fact]
    public void An_empty_catalogue_makes_no_model() => Assert.Empty(MetricModels.From(MetricCatalog.Check([], [], "UTC", new Problems())));

    [Theory, Requirement("E33")]
    [InlineData(Simple, Simple, true)]
    [InlineData(Simple, $"{Simple}, status: draft", true)]
    [InlineData(Simple, $"{Simple}, aliases: [x]", true)]
    [InlineData(Simple, $"{Simple}, filter: client is null", false)]
    [InlineData(Simple, $"{Simple}, zone: UTC", false)]
    [InlineData(Simple, $"{Simple}, suppress_below: 5", false)]
    public void The_fingerprint_covers_what_changes_values(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Check($"{{ id: m, {one} }}").Metrics[0].Fingerprint == Check($"{{ id: m, {other} }}").Metrics[0].Fingerprint);

    private static MetricCatalog Check(params string[] entries)
    {
        var catalog = Read("metrics:\n" + string.Concat(entries.Select(entry => $"  - {entry}\n")), out var problems);
        problems.ThrowIfAny();
        return catalog;
    }

    private static MetricCatalog Read(string yaml, out Problems problems)
    {
        problems = new Problems();
        var file = new Binder(new EnvironmentVariables(_ => null), new KindCatalog()).Bind<MetricFile>(YamlFile.Parse(yaml, "metrics/m.yml"), problems);
        problems.ThrowIfAny();
        var at = new SourcePosition("models/m.yml", 1);
        DeclaredModel[] models =
        [
            new("visits", "marts", [new("at"), new("organization_id"), new("client")], at), new("own", "marts", [new("period_date"), new("organization_id"), new("value")], at),
        ];
        return MetricCatalog.Check([file!], models, "Europe/Berlin", problems); // bound, since there was no problem
    }
}
