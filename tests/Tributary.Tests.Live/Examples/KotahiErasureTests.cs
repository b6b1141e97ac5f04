using Tributary.Core.Text;
using Tributary.Synthetic;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>One client of kotahi is erased with the real program: out of raw, history, rejects and views, and out of every replay.</summary>
[Requirement("K90", "X8")]
public sealed class KotahiErasureTests
{
    private static readonly SyntheticOptions Drops = new(Seed: 1, Scale: 0.002);
    private static readonly string[] Build = ["build", "--as-of", "2026-03-03T00:30:00Z"];
    private static readonly string[] AsOf = ["--as-of", "2026-03-03T00:30:00Z"];

    [Fact]
    public async Task An_erased_client_is_nowhere_and_no_replay_brings_them_back()
    {
        await using var project = await KotahiProject.CreateAsync(Drops);
        foreach (var (drop, _) in project.Arrivals.Take(2)) project.Deliver(drop);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(Build)).Expect(0);
        // Who has a goal plan with goals, and a record that was loaded, but not as it came.
        var client = await project.Warehouse.ScalarAsync<long>(
            """
            select p.clientid from karo.hauoragoalplans p join karo.hauoragoals g using (goalplanid) join karo.activities a using (clientid) join karo.clients c using (clientid)
            order by p.clientid::text in (select split_part(encode(bytes, 'escape'), ',', 2) from tributary_reject.reject where stream = 'karo.activities') desc, 1 limit 1
            """);
        var goals = await project.Warehouse.ScalarAsync<long>($"select count(*) from karo.hauoragoals join karo.hauoragoalplans using (goalplanid) where clientid = {client}");
        var goalsBefore = await project.Warehouse.ScalarAsync<long>("select count(*) from karo.hauoragoals");
        Assert.True(goals > 0);
        var others = await OthersAsync(project, client);
        await PlantRejectsAsync(project, client);
        var before = await HoldersAsync(project, client);
        Assert.Contains("karo.activities", before);
        Assert.Contains("kotahi.mvw_client_summary", before);
        Assert.Contains("tributary_reject.reject", before);

        var dry = (await project.RunAsync("erase", "karo", $"{client}", "--dry-run")).Expect(0).Output;
        Assert.Contains("Nothing was changed", dry.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(before, await HoldersAsync(project, client));

        var done = (await project.RunAsync(["erase", "karo", $"{client}", "--reason", "asked for", .. AsOf])).Expect(0);
        Assert.Contains("none holds the subject", done.Output, StringComparison.Ordinal);
        Assert.Equal([], await HoldersAsync(project, client));
        Assert.Equal(others, await OthersAsync(project, client));
        Assert.Equal(goalsBefore - goals, await project.Warehouse.ScalarAsync<long>("select count(*) from karo.hauoragoals"));
        await AssertProofAsync(project, client);

        // Once more, and then every drop again from the beginning, and a new one.
        Assert.Contains("0 rows, 0 versions, 0 rejects", (await project.RunAsync(["erase", "karo", $"{client}", .. AsOf])).Expect(0).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        foreach (var stream in (string[])["activities", "clients", "hauoragoals", "hauoragoalplans", "clienttasks"]) (await project.RunAsync("rewind", $"karo.{stream}")).Expect(0);
        await project.Warehouse.ExecuteAsync("drop table karo.clients cascade; drop table karo.clients_history cascade");
        project.Deliver(project.Arrivals[2].Drop);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(Build)).Expect(0);
        Assert.Equal([], await HoldersAsync(project, client));
        Assert.True(await project.Warehouse.ScalarAsync<long>("select count(*) from karo.clients_history") > 80);
        (await project.RunAsync("audit", "verify")).Expect(0);
    }

    [Fact]
    public async Task What_names_no_subject_is_refused_without_saying_it_again()
    {
        await using var project = await KotahiProject.CreateAsync(Drops with { Clean = true, Days = 1 });
        var wrong = (await project.RunAsync("erase", "karo", "Aroha Secret")).Expect(2);
        Assert.Contains(ErrorCodes.SubjectUnknown, wrong.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Aroha", wrong.Errors + wrong.Output, StringComparison.Ordinal);
        Assert.Contains("There is no source 'karu'", (await project.RunAsync("erase", "karu", "1")).Expect(2).Errors, StringComparison.Ordinal);
        project.Deliver(project.Arrivals[0].Drop);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(["erase", "karo", "999999999", .. AsOf])).Expect(0); // who is not there must not come either
        Assert.Equal(1, await project.Warehouse.ScalarAsync<long>("select count(*) from tributary.erasure"));
        var sources = await File.ReadAllTextAsync(project.At("sources/indici.yml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(project.At("sources/indici.yml"), sources.Replace("subject: patientid", "subject: patienid", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("no dataset declares this column", (await project.RunAsync("check")).Expect(2).Errors, StringComparison.Ordinal);
    }

    /// <summary>Killed between the erasure and the rebuilding: what was committed stands, and the same call ends it.</summary>
    [Fact]
    [Requirement("X4")]
    public async Task An_erasure_that_is_killed_is_ended_by_the_next_call()
    {
        await using var project = await KotahiProject.CreateAsync(Drops with { Clean = true, Days = 1 });
        project.Deliver(project.Arrivals[0].Drop);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(Build)).Expect(0);
        var client = await project.Warehouse.ScalarAsync<long>("select max(clientid) from karo.clients");
        using (var killed = project.Start(["erase", "karo", $"{client}", .. AsOf]))
        {
            await killed.LineAsync(line => line.Contains("karo.clients", StringComparison.Ordinal)); // what went is told when it is committed
            killed.Kill();
        }
        Assert.DoesNotContain("karo.clients", await HoldersAsync(project, client));
        (await project.RunAsync(["erase", "karo", $"{client}", .. AsOf])).Expect(0);
        Assert.Equal([], await HoldersAsync(project, client));
    }

    /// <summary>A damaged record of the client's, one that only their NHI number tells, and one of somebody else.</summary>
    private static async Task PlantRejectsAsync(KotahiProject project, long client)
    {
        var nhi = await project.Warehouse.ScalarAsync<string>($"select nhi from karo.clients where clientid = {client}");
        string[] records = [$"77,{client},\"broken", $"no id at all,{nhi},somebody", "78,555000555,\"broken"];
        foreach (var record in records)
        {
            await project.Warehouse.ExecuteAsync(
                $"""
                insert into tributary_reject.reject (project, target, stream, load, run_id, file, line, length, reason, detail, bytes, rejected_at)
                values ('kotahi', 'dev', 'karo.clients', 1, 'r', 'planted', 1, 9, 'ragged', 'planted', convert_to('{record.Replace("'", "''", StringComparison.Ordinal)}', 'UTF8'), now())
                """);
        }
    }

    /// <summary>Every table and materialized view in which the client stands, rejects included.</summary>
    private static async Task<List<string>> HoldersAsync(KotahiProject project, long client)
    {
        var holders = new List<string>();
        foreach (var place in await project.Warehouse.LinesAsync(
            "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid where c.relkind in ('r', 'm') and a.attname = 'clientid' order by 1"))
        {
            if (await project.Warehouse.ScalarAsync<long>($"select count(*) from {place} where clientid = {client}") > 0) holders.Add(place);
        }
        var rejects = await project.Warehouse.ScalarAsync<long>(
            $"""
            select count(*) from tributary_reject.reject, lateral (select encode(bytes, 'escape') as text) as record
            where (stream = 'karo.activities' and split_part(text, ',', 2) = '{client}') or (stream = 'karo.clients' and split_part(text, ',', 1) = '{client}') or (detail = 'planted' and text like '%,{client},%')
            """);
        if (rejects > 0) holders.Add("tributary_reject.reject");
        return holders;
    }

    private static async Task<string> OthersAsync(KotahiProject project, long client) => await project.Warehouse.ScalarAsync<string>(
        $"""
        select (select count(*) from karo.activities where clientid is distinct from {client}) || ' ' || (select count(*) from karo.clients_history where clientid <> {client}) || ' '
            || (select count(*) from kotahi.mvw_client_summary where clientid <> {client}) || ' ' || (select count(*) from karo.users)
        """) ?? "";

    private static async Task AssertProofAsync(KotahiProject project, long client)
    {
        var audit = await project.Warehouse.LinesAsync("select action, detail from tributary.audit where action like 'subject.%' order by sequence");
        Assert.Equal(2, audit.Length);
        Assert.Contains("karo.clients 1 rows", audit[0], StringComparison.Ordinal);
        Assert.Equal(["erased|0", "erased|0", "open|20"], await project.Warehouse.LinesAsync("select status, length(bytes) from tributary_reject.reject where detail = 'planted' order by reject_id"));
        Assert.Contains("\"left\":\"\"", audit[1], StringComparison.Ordinal);
        // The value itself stands nowhere in the control schema.
        foreach (var table in await project.Warehouse.LinesAsync("select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'tributary' and c.relkind = 'r' and c.relname in ('run', 'step', 'audit', 'erasure', 'load')"))
            Assert.Equal((table, 0L), (table, await project.Warehouse.ScalarAsync<long>($"select count(*) from tributary.{table} t where t::text ~ '\\m(subject|karo)[ =]{client}\\M|erase karo {client}'")));
    }
}
