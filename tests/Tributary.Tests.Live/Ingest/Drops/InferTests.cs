using System.Text;
using Tributary.Core.Ingest.Datasets;

namespace Tributary.Tests.Live.Ingest.Drops;

public sealed class InferTests
{
    [Fact]
    [Requirement("K22")]
    public async Task What_is_proposed_loads_the_sample_and_holds_no_value()
    {
        await using var world = await DropWorld.CreateAsync("");
        var sample = Encoding.Latin1.GetBytes("""
            Client ID;Name;Born;When;Active;Amount;Code;Ref;Data;Empty
            1;Café Hemi;31/12/1990;2026-01-01T10:00:00+13:00;true;1.50;007;6f9619ff-8b86-d011-b42d-00cf4fc964ff;{"a":1};
            2;"x;y";01/02/2000;2026-01-02T10:00:00Z;FALSE;-2;008;;[];

            """.Replace("\r", "", StringComparison.Ordinal));
        world.Write("20260301/My Clients.csv", sample);

        var yaml = (await DatasetGuess.OfAsync(Path.Combine(world.Folder, "20260301/My Clients.csv"), TestContext.Current.CancellationToken)).ToYaml();
        world.Yaml = "datasets:\n" + yaml;
        var done = await world.LoadAsync("my_clients");

        Assert.DoesNotContain("Hemi", yaml, StringComparison.Ordinal);
        Assert.Equal((2, 0), (done.Counts.Inserted, done.Counts.Rejected));
        Assert.Equal(
            ["client_id bigint", "name text", "born date", "when timestamp with time zone", "active boolean", "amount numeric", "code text", "ref uuid", "data jsonb", "empty text"],
            await world.Warehouse.LinesAsync("select column_name || ' ' || data_type from information_schema.columns where table_name = 'my_clients' and column_name not like '\\_%' order by ordinal_position"));
        Assert.Equal(["1|Café Hemi|1990-12-31|007"], await world.Warehouse.LinesAsync("select client_id, name, born::text, code from raw.my_clients where client_id = 1"));
    }

    [Fact]
    public async Task A_doubt_between_day_and_month_is_said()
    {
        await using var world = await DropWorld.CreateAsync("");
        world.Write("20260301/t.csv", "d\n01/02/2026\n03/04/2026\n");

        var yaml = (await DatasetGuess.OfAsync(Path.Combine(world.Folder, "20260301/t.csv"), TestContext.Current.CancellationToken)).ToYaml();

        Assert.Contains("formats: \"dd/MM/yyyy\" }   # the sample fits MM/dd/yyyy too: choose", yaml, StringComparison.Ordinal);
    }
}
