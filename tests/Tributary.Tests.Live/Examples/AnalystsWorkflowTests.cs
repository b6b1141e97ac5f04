using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>Analysts push, the server pulls, builds with tests and exports, each day; what is broken never leaves.</summary>
public sealed class AnalystsWorkflowTests
{
    private const string Day = "2025-12-31";

    [Fact]
    [Requirement("E11", "E35", "E36", "E37", "E38")]
    public async Task What_is_pushed_is_what_leaves_and_a_broken_push_leaves_the_last_good_state()
    {
        await using var server = await EngageProject.CreateAsync();
        using var desk = await GitDesk.CreateAsync(server.Folder);
        (await server.RunAsync("sync")).Expect(0);
        await DailyAsync(server, Day);
        var first = await desk.HeadAsync();
        Assert.Equal(first, Commit(server, Day));
        var before = await RowsAsync(server);

        // A change for the better arrives with its commit.
        var model = await File.ReadAllTextAsync(server.At("models/marts/patient.sql"));
        await desk.PushAsync("models/marts/patient.sql", $"-- reviewed\n{model}");
        await GitDesk.RunAsync(server.Folder.FullName, "pull", "-q", "--ff-only");
        await DailyAsync(server, "2026-01-01");
        Assert.Equal(await desk.HeadAsync(), Commit(server, "2026-01-01"));

        // A push that names what does not exist is refused before anything runs.
        await desk.PushAsync("models/marts/patient.sql", model.Replace("stg_patient", "stg_patient_x", StringComparison.Ordinal));
        await GitDesk.RunAsync(server.Folder.FullName, "pull", "-q", "--ff-only");
        Assert.Contains("stg_patient_x", (await server.RunAsync("check")).Expect(2).Errors, StringComparison.Ordinal);
        (await server.RunAsync("build", "--as-of", "2026-01-02")).Expect(2);

        // One that fails when it runs: the last good table stands, and what is made from it stays at home.
        await desk.PushAsync("models/marts/patient.sql", $"select *, 1 / (select 0) as broken from (\n{model}\n) as p");
        await GitDesk.RunAsync(server.Folder.FullName, "pull", "-q", "--ff-only");
        (await server.RunAsync("build", "--as-of", "2026-01-02")).Expect(1);
        Assert.Contains("TRB0604", (await server.RunAsync("export", "pii", "--as-of", "2026-01-02")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync(server));

        // One that a test finds wrong: what is made from it is not built, and nothing of it leaves.
        await desk.PushAsync("models/marts/patient.sql", $"select * from (\n{model}\n) as p union all select * from (\n{model}\n) as again");
        await GitDesk.RunAsync(server.Folder.FullName, "pull", "-q", "--ff-only");
        var build = (await server.RunAsync("build", "--as-of", "2026-01-03")).Expect(1);
        Assert.Contains("unique_patient_patient_id", build.Output + build.Errors, StringComparison.Ordinal);
        Assert.Contains("TRB0604", (await server.RunAsync("export", "pii", "--as-of", "2026-01-03")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Empty(Zips(server, "2026-01-02", "pii"));
        Assert.Empty(Zips(server, "2026-01-03", "pii"));
        Assert.Equal(before, await server.Warehouse.ScalarAsync<long>("select count(*) from engage_analytics_mart.patient_anon"));

        await desk.PushAsync("models/marts/patient.sql", model);
        await GitDesk.RunAsync(server.Folder.FullName, "pull", "-q", "--ff-only");
        await DailyAsync(server, "2026-01-04");
        Assert.Equal(before, await RowsAsync(server));
    }

    private static async Task DailyAsync(EngageProject server, string day)
    {
        foreach (var verb in new[] { "check", "sync" }) (await server.RunAsync(verb)).Expect(0);
        foreach (var verb in new[] { "build", "export" }) (await server.RunAsync(verb, "--as-of", day)).Expect(0);
    }

    private static Task<long> RowsAsync(EngageProject server) => server.Warehouse.ScalarAsync<long>("select count(*) from engage_analytics_mart.patient");

    private static string[] Zips(EngageProject server, string day, string track) =>
        Directory.Exists(server.At("exports-out")) ? Directory.GetFiles(server.At("exports-out"), $"*_export_{track}_{day.Replace("-", "", StringComparison.Ordinal)}*.zip", SearchOption.AllDirectories) : [];

    private static string Commit(EngageProject server, string day)
    {
        using var manifest = JsonDocument.Parse(ExportedZip.Read(Assert.Single(Zips(server, day, "pii")))["manifest.json"]);
        return manifest.RootElement.GetProperty("commit").GetString()!; // a checkout has a commit
    }
}
