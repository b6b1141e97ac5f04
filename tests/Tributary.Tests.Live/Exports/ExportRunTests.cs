using System.Diagnostics;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;
using Tributary.Tests.Live.Runs;

namespace Tributary.Tests.Live.Exports;

public sealed class ExportRunTests
{
    private const string Patients = """
        create table m.patient (id text, name text, born date, score numeric);
        insert into m.patient values ('b', 'Åsa "the" first', '1980-01-02', 1.50), ('a', E'line\nbreak, comma', null, -3), ('c', '', '2000-02-03', null);
        create table m.empty (id int, note text);
        create table m.fct_metrics_long (period_date date, metric_id text, value numeric);
        insert into m.fct_metrics_long values ('2025-12-30', 'patient_count', 3);
        """;

    [Fact]
    [Requirement("E42", "E45")]
    public async Task Writes_csv_as_rfc_4180_in_a_zip_with_a_manifest()
    {
        await using var world = await WorldAsync();
        var outcome = Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "*")));
        Assert.Equal(3, Assert.IsType<Outcome.Succeeded>(outcome).Counts.Rows);
        Assert.Equal([ExportWorld.NameOf(Track.Pii)], world.Files());
        Assert.Equal(
            "id,name,born,score\r\na,\"line\nbreak, comma\",,-3\r\nb,\"Åsa \"\"the\"\" first\",1980-01-02,1.50\r\nc,\"\",2000-02-03,\r\n",
            world.Read(ExportWorld.NameOf(Track.Pii), "patient.csv"));
        Assert.Equal("id,note\r\n", world.Read(ExportWorld.NameOf(Track.Pii), "empty.csv"));
        var manifest = Manifest.Parse(System.Text.Encoding.UTF8.GetBytes(world.Read(ExportWorld.NameOf(Track.Pii), "manifest.json")))!;
        Assert.Equal(("engage", "pii", "abc", ExportWorld.AsOf), (manifest.Project, manifest.Track, manifest.Commit, manifest.AsOf));
        Assert.Equal(["empty.csv", "patient.csv"], manifest.Files.Select(file => file.File));
        Assert.Equal([0L, 3L], manifest.Files.Select(file => file.Rows));
        Assert.Equal(new ManifestColumn("born", "date"), manifest.Files[1].Columns[2]);
    }

    [Fact]
    [Requirement("E45")]
    public async Task Standard_programs_read_the_zip()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        var path = Path.Combine(world.Root, ExportWorld.NameOf(Track.Pii));
        Assert.Equal(0, await ExitOfAsync("unzip", "-tq", path));
        Assert.Equal(0, await ExitOfAsync("python3", "-c",
            "import csv, io, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
            + "rows = list(csv.reader(io.TextIOWrapper(z.open('patient.csv'), 'utf-8', newline=''))); assert len(rows) == 4 and rows[1][1] == 'line\\nbreak, comma', rows", path));
    }

    [Fact]
    [Requirement("E45")]
    public async Task The_same_state_gives_the_same_bytes()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        var path = Path.Combine(world.Root, ExportWorld.NameOf(Track.Pii));
        var first = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        await world.Warehouse.ExecuteAsync("create table m.other as select * from m.patient order by id desc; drop table m.patient; alter table m.other rename to patient");
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        Assert.Equal(first, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    [Requirement("X3")]
    public async Task A_second_run_finds_that_the_export_stands()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        var outcome = Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "*")));
        Assert.Contains("stands", Assert.IsType<Outcome.Skipped>(outcome).Because, StringComparison.Ordinal);
        Assert.Single(world.Files());
    }

    [Fact]
    public async Task A_file_that_was_changed_or_removed_is_written_again_beside_the_changed_one()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        var path = Path.Combine(world.Root, ExportWorld.NameOf(Track.Pii));
        File.Delete(path);
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "*"))));
        Assert.Single(world.Files());
        await File.WriteAllTextAsync(path, "overwritten by others");
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "*"))));
        Assert.Equal([ExportWorld.NameOf(Track.Pii), ExportWorld.NameOf(Track.Pii, "_2")], world.Files());
    }

    [Fact]
    [Requirement("E45")]
    public async Task In_the_same_second_equal_content_stands_and_other_content_gets_a_number()
    {
        await using var world = await WorldAsync();
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        await world.SucceedAsync("patient");
        var again = Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(world.Context("def"), ExportWorld.Export(Track.Pii, "*"))));
        Assert.Contains("stands", again.Note, StringComparison.Ordinal);
        Assert.Single(world.Files());
        await world.Warehouse.ExecuteAsync("insert into m.patient values ('d')");
        await world.SucceedAsync("patient");
        await world.RunAsync(ExportWorld.Export(Track.Pii, "*"));
        Assert.Equal([ExportWorld.NameOf(Track.Pii), ExportWorld.NameOf(Track.Pii, "_2")], world.Files());
    }

    [Fact]
    [Requirement("E45")]
    public async Task All_exports_of_a_run_read_one_snapshot()
    {
        await using var world = await WorldAsync();
        var nodes = world.Nodes(ExportWorld.Export(Track.Pii, "patient"), ExportWorld.Export(Track.Metrics, "*"));
        var context = world.Context();
        await nodes[0].RunAsync(context, CancellationToken.None);
        await world.Warehouse.ExecuteAsync("update m.fct_metrics_long set value = 99");
        await nodes[1].RunAsync(context, CancellationToken.None);
        await context.Scope.DisposeAsync();
        Assert.Equal("period_date,metric_id,value\r\n2025-12-30,patient_count,3\r\n", world.Read(ExportWorld.NameOf(Track.Metrics), "fct_metrics_long.csv"));
    }

    [Fact]
    [Requirement("E45")]
    public async Task A_relation_cannot_be_swapped_under_the_snapshot()
    {
        await using var world = await WorldAsync();
        var nodes = world.Nodes(ExportWorld.Export(Track.Pii, "patient"), ExportWorld.Export(Track.Metrics, "*"));
        var context = world.Context();
        await nodes[0].RunAsync(context, CancellationToken.None);
        const string swap =
            "set lock_timeout = '100ms'; create table m.next as select * from m.fct_metrics_long limit 0; drop table m.fct_metrics_long; alter table m.next rename to fct_metrics_long";
        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => world.Warehouse.ExecuteAsync(swap));
        Assert.Equal(Npgsql.PostgresErrorCodes.LockNotAvailable, error.SqlState);
        await nodes[1].RunAsync(context, CancellationToken.None);
        await context.Scope.DisposeAsync();
        Assert.Contains("patient_count,3", world.Read(ExportWorld.NameOf(Track.Metrics), "fct_metrics_long.csv"), StringComparison.Ordinal);
        await world.Warehouse.ExecuteAsync(swap); // the locks end with the run
    }

    [Fact]
    [Requirement("E45")]
    public async Task Formulas_are_escaped_unless_they_are_kept()
    {
        await using var world = await ExportWorld.CreateAsync("""
            create table m.cells (n int, t text, v varchar(40));
            insert into m.cells values (1, '=1+1', '@x'), (2, '-5', '+1.5e3'), (3, '-5+2', E'\tx'), (4, 'plain', '+47 555'), (-5, null, '');
            """);
        await world.AddAsync("cells", Track.Pii);
        await world.RunAsync(ExportWorld.Export(Track.Pii, "cells"));
        Assert.Equal(
            "n,t,v\r\n-5,,\"\"\r\n1,'=1+1,'@x\r\n2,-5,+1.5e3\r\n3,'-5+2,'\tx\r\n4,plain,'+47 555\r\n",
            world.Read(ExportWorld.NameOf(Track.Pii), "cells.csv"));
        await world.RunAsync(ExportWorld.Export(Track.Pii, "cells") with { Csv = new(CsvFormula.Keep, CsvLineEnd.Lf) });
        Assert.Equal(
            "n,t,v\n-5,,\"\"\n1,=1+1,@x\n2,-5,+1.5e3\n3,-5+2,\tx\n4,plain,+47 555\n",
            world.Read(ExportWorld.NameOf(Track.Pii, "_2"), "cells.csv"));
    }

    [Fact]
    public async Task Rows_follow_the_order_that_is_asked_for_and_every_type_can_be_ordered()
    {
        await using var world = await ExportWorld.CreateAsync("""
            create table m.t (id int, j json, x xml, p point, u uuid, a text[], n numeric, primary key (id));
            insert into m.t values (2, '{"b": 1}', '<x/>', '(1,2)', '00000000-0000-0000-0000-000000000001', '{a}', 1.0), (1, '{}', '<y/>', '(2,1)', null, '{b}', 1.00), (10, null, null, null, null, null, 'NaN');
            create view m.v as select j, x, p, u, a, n from m.t;
            """);
        await world.AddAsync("t", Track.Pii);
        await world.AddAsync("v", Track.Pii);
        await world.RunAsync(ExportWorld.Export(Track.Pii, "t", "v") with { OrderBy = new Dictionary<string, object> { ["t"] = new List<object?> { "n" }, ["*"] = "primary" } });
        Assert.Equal(["1", "2", "10"], world.Read(ExportWorld.NameOf(Track.Pii), "t.csv").Split("\r\n")[1..4].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task An_unknown_order_column_is_refused()
    {
        await using var world = await WorldAsync();
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(
            ExportWorld.Export(Track.Pii, "patient") with { OrderBy = new Dictionary<string, object> { ["patient"] = "bron" } }));
        Assert.Contains("born", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Files());
    }

    [Fact]
    public async Task A_relation_that_was_not_built_is_named()
    {
        await using var world = await WorldAsync();
        await world.Warehouse.ExecuteAsync("drop table m.empty");
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Pii, "*")));
        Assert.Equal(ErrorCodes.UnknownReference, error.Errors[0].Code);
        Assert.Contains("m.empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_fails_shows_no_value()
    {
        await using var world = await ExportWorld.CreateAsync("create table m.t (v text); insert into m.t values ('Planted'); create view m.v as select v::int as v from m.t;");
        await world.AddAsync("v", Track.Pii);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Pii, "v")));
        Assert.DoesNotContain("Planted", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Files());
    }

    [Fact]
    public async Task A_relation_whose_last_build_failed_stays_and_other_exports_leave()
    {
        await using var world = await WorldAsync();
        await world.FailAsync("patient");
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Pii, "*")));
        Assert.Equal(ErrorCodes.UpstreamFailed, error.Errors[0].Code);
        Assert.Contains("model patient", error.Message, StringComparison.Ordinal);
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Metrics, "*"))));
        Assert.Equal([ExportWorld.NameOf(Track.Metrics)], world.Files());
    }

    [Fact]
    [Requirement("E37", "E38")]
    public async Task A_failed_test_keeps_exactly_the_exports_of_what_it_tests()
    {
        await using var world = await WorldAsync();
        world.Upstream.AddRange([
            ScriptedNode.Of("load.engage.fhir.Patient", NodeKind.Load), ScriptedNode.Of("model.engage.patient", NodeKind.Model, "load.engage.fhir.Patient"),
            ScriptedNode.Of("model.engage.empty", NodeKind.Model), ScriptedNode.Of("model.engage.fct_metrics_long", NodeKind.Model),
            ScriptedNode.Of("test.engage.unique_patient", NodeKind.Test, "model.engage.patient"),
            ScriptedNode.Of("test.engage.both", NodeKind.Test, "model.engage.patient", "model.engage.fct_metrics_long"),
        ]);
        foreach (var (node, outcome, left) in new[]
        {
            ("test.engage.unique_patient", "failed", false), ("test.engage.unique_patient", "skipped", false), ("test.engage.unique_patient", "warned", true),
            ("test.engage.both", "failed", true), ("load.engage.fhir.Patient", "failed", false), ("load.engage.fhir.Patient", "succeeded", true),
        })
        {
            await world.StepAsync(node, outcome);
            await world.SucceedAsync("patient");
            await world.SucceedAsync("fct_metrics_long");
            if (left) Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"))));
            else
            {
                var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Pii, "patient")));
                Assert.Contains(node.Split('.')[^1], error.Message, StringComparison.Ordinal);
            }
            Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Metrics, "*"))));
        }
    }

    private static async Task<ExportWorld> WorldAsync()
    {
        var world = await ExportWorld.CreateAsync(Patients);
        await world.AddAsync("patient", Track.Pii);
        await world.AddAsync("empty", Track.Pii);
        await world.AddAsync("fct_metrics_long", Track.Metrics);
        return world;
    }

    private static async Task<int> ExitOfAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
