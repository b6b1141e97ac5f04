using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Tests.Exports;

public sealed class ExportNodesTests
{
    private static readonly SourcePosition At = new("exports/x.yml", 1);
    private static readonly ExportTarget Dev = new("dev", IsProduction: false, Destinations: null);
    private static readonly ExportTarget Prod = new("prod", IsProduction: true, Destinations: ["bucket"]);

    private static readonly ExportRelation[] Relations =
    [
        Relation("patient", Track.Pii), Relation("qr_gad7", Track.Pii), Relation("codes", Track.Anon),
        Relation("patient_anon", Track.Anon, isTwin: true), Relation("qr_gad7_anon", Track.Anon, isTwin: true), Relation("fct_metrics_long", Track.Metrics),
    ];

    [Fact]
    [Requirement("E40", "E41")]
    public void A_glob_takes_the_relations_of_the_exports_track()
    {
        Assert.Equal(["codes", "patient", "qr_gad7"], Chosen(Make(Track.Pii, ["*"])));
        Assert.Equal(["codes", "patient_anon", "qr_gad7_anon"], Chosen(Make(Track.Anon, ["*"])));
        Assert.Equal(["fct_metrics_long"], Chosen(Make(Track.Metrics, ["*"])));
    }

    [Theory]
    [Requirement("E46")]
    [InlineData(Track.Anon, "patient", ErrorCodes.TrackRefused)]
    [InlineData(Track.Metrics, "patient", ErrorCodes.TrackRefused)]
    [InlineData(Track.Metrics, "patient_anon", ErrorCodes.TrackRefused)]
    [InlineData(Track.Pii, "patient_anon", null)]
    [InlineData(Track.Anon, "codes", null)]
    [InlineData(Track.Anon, "missing", ErrorCodes.UnknownName)]
    public void Personal_data_cannot_leave_on_a_wider_track(Track track, string relation, string? code) =>
        Assert.Equal(code, Problems(Make(track, [relation])).SingleOrDefault()?.Code);

    [Fact]
    [Requirement("E46")]
    public void A_destination_holds_only_its_tracks()
    {
        var problem = Assert.Single(Problems(Make(Track.Pii, ["patient"], "anon_only")));
        Assert.Equal(ErrorCodes.TrackRefused, problem.Code);
        Assert.Contains("anon_only", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_production_target_may_use_a_production_destination()
    {
        Assert.Equal(ErrorCodes.TrackRefused, RefusalOf("bucket", Dev)?.Code);
        Assert.Null(RefusalOf("bucket", Prod));
        Assert.Equal(ErrorCodes.TrackRefused, RefusalOf("local", Prod)?.Code);
        Assert.Null(RefusalOf("local", Dev));
    }

    [Fact]
    public void Of_several_destinations_the_first_that_the_target_may_use_is_taken()
    {
        var export = Make(Track.Pii, ["patient"]) with { To = ["local", "bucket"] };
        Assert.Equal("local", ToOf(export, Dev));
        Assert.Equal("bucket", ToOf(export, Prod));
        Assert.Equal(ErrorCodes.TrackRefused, Assert.Single(Problems(export with { To = ["local", "anon_only"] })).Code);
    }

    [Theory]
    [Requirement("E46")]
    [InlineData("x", "x", true)]
    [InlineData("x", "x/below", true)]
    [InlineData("x/below", "x", true)]
    [InlineData("x", "xy", false)]
    [InlineData("x/a", "x/b", false)]
    public void Places_of_different_tracks_lie_apart(string one, string other, bool refused)
    {
        var problems = new Problems();
        var catalog = new ExportCatalog([], new Dictionary<string, Destination>
        {
            ["one"] = new Folder(At, "one", "/tmp", one, [Track.Pii]),
            ["other"] = new Folder(At, "other", "/tmp", other, [Track.Anon]),
            ["same"] = new Folder(At, "same", "/tmp", other, [Track.Anon]),
        }, Relations, []);
        ExportNodes.Create(catalog, Dev, "engage", problems);
        Assert.Equal(refused ? 2 : 0, problems.Errors.Count);
        Assert.All(problems.Errors, problem => Assert.Equal(ErrorCodes.TrackRefused, problem.Code));
    }

    [Fact]
    public async Task What_the_target_may_not_deliver_is_refused_when_it_runs_and_not_before()
    {
        var node = NodeOf("bucket", Dev);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => node.RunAsync(null!, CancellationToken.None)); // refused before anything is read
        Assert.Equal(ErrorCodes.TrackRefused, error.Errors[0].Code);
    }

    [Fact]
    public void An_unknown_destination_is_named_with_the_nearest()
    {
        var problem = Assert.Single(Problems(Make(Track.Pii, ["patient"], "lokal")));
        Assert.Contains("local", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("E45")]
    public void Every_export_waits_for_the_relations_of_all_because_they_share_one_snapshot_and_depends_on_its_own()
    {
        var problems = new Problems();
        var nodes = ExportNodes.Create(Catalog(Make(Track.Pii, ["patient"]), Make(Track.Metrics, ["fct_metrics_long"]) with { Name = "m" }), Dev, "engage", problems);
        Assert.All(nodes, node => Assert.Equal(["model.engage.fct_metrics_long", "model.engage.patient"], node.Awaits));
        Assert.Equal([["model.engage.patient"], ["model.engage.fct_metrics_long"]], nodes.Select(node => node.DependsOn));
        Assert.Equal(["export.engage.x", "export.engage.m"], nodes.Select(node => node.Id));
    }

    [Fact]
    public void Two_exports_cannot_share_a_file_name()
    {
        var problems = new Problems();
        ExportNodes.Create(Catalog(Make(Track.Pii, ["patient"]), Make(Track.Pii, ["patient"]) with { Name = "again" }), Dev, "engage", problems);
        Assert.Equal(ErrorCodes.ExportInvalid, Assert.Single(problems.Errors).Code);
    }

    [Fact]
    public void The_track_of_a_relation_is_personal_unless_something_makes_it_safe()
    {
        Assert.Equal(Track.Pii, ExportRelation.TrackOf(false, false, []));
        Assert.Equal(Track.Pii, ExportRelation.TrackOf(false, false, [new("a", Class: "safe"), new("b")]));
        Assert.Equal(Track.Anon, ExportRelation.TrackOf(false, false, [new("a", Class: "safe")]));
        Assert.Equal(Track.Anon, ExportRelation.TrackOf(true, false, [new("b")]));
        Assert.Equal(Track.Metrics, ExportRelation.TrackOf(false, true, [new("b")]));
    }

    private static Export Make(Track track, IReadOnlyList<string> relations, string to = "local") => new(At, "x", track, relations, "{track}.zip", [to]);

    private static string[] Chosen(Export export)
    {
        var problems = new Problems();
        var nodes = ExportNodes.Create(Catalog(export), Dev, "engage", problems);
        Assert.Empty(problems.Errors);
        return [.. nodes[0].DependsOn.Select(id => id["model.engage.".Length..])];
    }

    private static string ToOf(Export export, ExportTarget target)
    {
        var node = Assert.Single(ExportNodes.Create(Catalog(export), target, "engage", new Problems()));
        Assert.Null(node.Refusal);
        return node.Destination.Name;
    }

    private static UserError? RefusalOf(string destination, ExportTarget target) => NodeOf(destination, target).Refusal;

    private static ExportNode NodeOf(string destination, ExportTarget target) =>
        Assert.Single(ExportNodes.Create(Catalog(Make(Track.Pii, ["patient"], destination)), target, "engage", new Problems()));

    private static IReadOnlyList<UserError> Problems(Export export)
    {
        var problems = new Problems();
        ExportNodes.Create(Catalog(export), Dev, "engage", problems);
        return problems.Errors;
    }

    private static ExportCatalog Catalog(params Export[] exports) => new(
        exports,
        new Destination[]
        {
            new Folder(At, "local", "/tmp", "x", [Track.Pii, Track.Anon, Track.Metrics]),
            new Folder(At, "anon_only", "/tmp", "y", [Track.Anon]),
            new Folder(At, "bucket", "/tmp", "z", [Track.Pii], Production: true),
        }.ToDictionary(destination => destination.Name),
        Relations, []);

    private static ExportRelation Relation(string name, Track track, bool isTwin = false) =>
        new($"model.engage.{name}", name, new Relation("m", name), track, [], new HashSet<string>(), isTwin ? name[..^5] : null);
}
