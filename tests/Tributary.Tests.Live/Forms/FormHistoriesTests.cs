using Tributary.Core.Forms;
using Tributary.Core.Graph;
using Tributary.Core.Models;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Connectors.Couch;
using Tributary.Tests.Live.Models;

namespace Tributary.Tests.Live.Forms;

/// <summary>
/// Random histories of reports: create, update, delete, create again, conflicts, replication, purges, new versions of the form, faults and kills on the way. The form's tables
/// become what the documents say. 20 histories and 2 kills, 200 and 40 in <c>./test long</c>.
/// </summary>
[Requirement("C8", "C22", "X3", "X4")]
public sealed class FormHistoriesTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_happens_the_form_tables_become_what_the_documents_say()
    {
        await using var host = await CouchHost.CreateAsync();
        for (var seed = 0; seed < (IsLong ? 200 : 20); seed++)
        {
            var name = $"db{seed}";
            var random = new Random(seed);
            var history = new FormHistory(host.Server.Create(name), random);
            host.Server.IsPlain = seed % 2 == 0;
            await using var folder = Warehouse.In(host.Warehouse, "cht", new Dictionary<string, StreamTable> { [$"cht.{name}"] = new("_id", "source", $"127.0.0.1/{name}") },
                $"--- models/sources.yml\nsources: [{{name: v1, tables: [{{name: {name}, identifier: couchdb, meta: {{tributary: {{stream: cht.{name}}}}}}}]}}]\n--- dbt_project.yml\nname: shop_{seed}\nmodels: {{+schema: s{seed}}}\n");
            history.PutForm();
            for (var round = 0; round < 4; round++)
            {
                for (var step = random.Next(1, 40); step > 0; step--) history.Step();
                if (round == 2 && random.Next(2) == 0) history.PutLateForm();
                if (random.Next(2) == 0) host.Server.Fail([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new Fault(random.Next(2) == 0 ? 503 : 0, CutAfter: random.Next(1, 4000)))]);
                await LoadAsync(host, name);
                folder.Generated = await FormsAsync(host, name);
                if (random.Next(3) == 0) continue; // a load whose changes wait for the next build
                await folder.BuildAsync();
                folder.AssertNoErrors();
                await AssertAsync(host, history, $"analytics_s{seed}", $"history {seed} round {round}", folder.Generated.Count > 0 && folder.Generated[0].Columns.Any(column => column.Name == "late"));
            }
            await folder.BuildAsync();
            folder.AssertNoErrors();
            await AssertAsync(host, history, $"analytics_s{seed}", $"history {seed}", folder.Generated[0].Columns.Any(column => column.Name == "late"));
        }
    }

    [Fact]
    public async Task A_program_that_is_killed_while_it_serves_leaves_tables_that_become_true()
    {
        await using var host = await CouchHost.CreateAsync();
        using var project = await CouchProject.CreateWithFormsAsync(host);
        var random = new Random(7);
        var history = new FormHistory(host.Medic, random);
        history.PutForm();
        for (var i = 0; i < 30; i++) history.Step();
        history.PutLateForm();
        for (var kill = 0; kill < (IsLong ? 40 : 2); kill++)
        {
            using (var program = project.Start("serve", "--listen", "127.0.0.1:0"))
            {
                if (random.Next(4) > 0) await program.LineAsync(line => line.Contains("following", StringComparison.OrdinalIgnoreCase));
                // The signal is a request of the program; the kill meets it somewhere in what follows: reading, committing, building.
                for (var i = random.Next(1, 12); i > 0; i--)
                {
                    history.Step();
                    await Task.WhenAny(host.Server.NextRequestAsync(), program.LineAsync(line => line.Contains("Done in", StringComparison.Ordinal)));
                }
                program.Kill();
                await program.EndAsync();
            }
            (await project.RunAsync("sync")).Expect(0);
            (await project.RunAsync("build")).Expect(0);
            await AssertAsync(host, history, "cht", $"kill {kill}", hasLate: true);
        }
    }

    private static async Task AssertAsync(CouchHost host, FormHistory history, string schema, string what, bool hasLate)
    {
        var table = FormHistory.Table.Replace("{0}", schema, StringComparison.Ordinal).Replace("late,", hasLate ? "late," : "null as late,", StringComparison.Ordinal);
        Assert.Equal<string[]>([what, .. history.Expected()], [what, .. FormHistory.Canonical(await host.Warehouse.LinesAsync(table))]);
        Assert.Equal<string[]>([what, .. history.ExpectedList()], [what, .. FormHistory.Canonical(await host.Warehouse.LinesAsync(FormHistory.List.Replace("{0}", schema, StringComparison.Ordinal)))]);
    }

    private static async Task<IReadOnlyList<GeneratedModel>> FormsAsync(CouchHost host, string name)
    {
        await using var connection = await host.Warehouse.OpenAsync();
        var store = new FormStore(connection, new("cht", "dev"), $"cht.{name}", new FormRows(new Relation("v1", "couchdb"), "_id", "doc", "source", $"127.0.0.1/{name}"));
        var known = await store.RefreshAsync(DateTimeOffset.UnixEpoch, Cancel);
        Assert.Empty(known.Problems);
        return FormModels.From(new FormsConfig(new("tributary.yml"), $"cht.{name}"), known.Versions, new ReportsTable($"{{{{ changes('v1', '{name}') }}}}", "_id", "doc"), new HashSet<string>());
    }

    // A few faults in a row are more than a load bears; the next one goes on.
    private static async Task LoadAsync(CouchHost host, string name)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await host.LoadAsync(name);
                return;
            }
            catch (TransientException) when (attempt < 5)
            {
            }
        }
    }
}
