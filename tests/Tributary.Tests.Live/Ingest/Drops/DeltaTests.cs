namespace Tributary.Tests.Live.Ingest.Drops;

public sealed class DeltaTests
{
    private const string Yaml = """
        raw: { schema: kotahi }
        drops: { pattern: "d{timestamp}" }
        datasets:
          activities:
            disposition: merge
            key: id
            order_by: changed
            history: true
            max_gap: 36h
            columns:
              id: { type: bigint }
              changed: { type: timestamp }
              data: { type: json, repair: true }
        """;

    [Fact]
    [Requirement("K17", "K7")]
    public async Task Deltas_in_any_order_and_more_than_once_end_in_the_same_table_and_history()
    {
        var deltas = new Dictionary<string, string>
        {
            ["d20260301"] = Rows((1, "2026-03-01", "a"), (2, "2026-03-01", "b"), (3, "2026-02-01", "c")),
            ["d20260302"] = Rows((1, "2026-03-02", "a2"), (4, "2026-03-01", "d")),
            ["d20260303"] = Rows((1, "2026-03-02", "a2"), (2, "2026-02-28", "older"), (3, "2026-03-03", "c3")),
            ["d20260304"] = Rows((1, "2026-03-01", "late old"), (4, "2026-03-04", "d4"), (4, "2026-03-03", "d3")),
        };
        var results = new List<string>();
        foreach (var order in new[] { new[] { 0, 1, 2, 3 }, [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1] })
        {
            await using var world = await DropWorld.CreateAsync(Yaml.Replace("    max_gap: 36h\n", ""));
            foreach (var i in order)
            {
                var (name, text) = deltas.ElementAt(i);
                world.Write($"{name}/activities.csv", text);
                await world.LoadAsync("activities");
            }
            world.Write("d20260302/activities.csv", deltas["d20260302"] + "\n", new DateTime(2026, 2, 2));
            await world.LoadAsync("activities");
            var table = await world.Warehouse.LinesAsync("select id, data ->> 'v' from kotahi.activities order by 1");
            var days = await world.Warehouse.LinesAsync("""
                select d::date::text, string_agg(id || (data ->> 'v'), ' ' order by id)
                from generate_series('2026-03-01'::timestamptz, '2026-03-05', '1 day') d, lateral kotahi.activities_as_of(d) group by 1 order by 1
                """);
            results.Add(string.Join("\n", [.. table, .. days]));
        }
        Assert.Equal("""
            1|a2
            2|b
            3|c3
            4|d4
            2026-03-01|1a 2b 3c
            2026-03-02|1a2 2b 3c 4d
            2026-03-03|1a2 2b 3c3 4d
            2026-03-04|1a2 2b 3c3 4d4
            2026-03-05|1a2 2b 3c3 4d4
            """, results[0]);
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    [Requirement("K16", "K19")]
    public async Task A_gap_in_the_chain_blocks_until_the_missing_drop_comes_or_a_human_says_so()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("d20260301/activities.csv", Rows((1, "2026-03-01", "a")));
        world.Write("d20260303/activities.csv", Rows((1, "2026-03-03", "c")));

        Assert.Equal("The drop d20260303 is held for karo.activities: a drop seems to be missing before it: 48 hours lie between d20260301 and d20260303, and max_gap is 36 hours. kotahi.activities stays as it is.", await world.HeldAsync("activities"));
        Assert.Equal(["a"], await world.Warehouse.LinesAsync("select data ->> 'v' from kotahi.activities"));
        world.Write("d20260302/activities.csv", Rows((1, "2026-03-02", "b"), (2, "2026-03-02", "z")));
        await world.LoadAsync("activities");
        Assert.Equal(["1c", "2z"], await world.Warehouse.LinesAsync("select id || (data ->> 'v') from kotahi.activities order by 1"));

        world.Write("d20260306/activities.csv", Rows((1, "2026-03-06", "f")));
        await world.HeldAsync("activities");
        await (await world.DecisionsAsync()).AcceptAsync(world.Stream("activities"), "d20260306", "me", TestContext.Current.CancellationToken);
        await world.LoadAsync("activities");
        Assert.Equal(["1f", "2z"], await world.Warehouse.LinesAsync("select id || (data ->> 'v') from kotahi.activities order by 1"));
    }

    [Fact]
    [Requirement("K16")]
    public async Task A_chain_is_not_broken_by_clearing_away_what_was_taken()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("d20260301/activities.csv", Rows((1, "2026-03-01", "a")));
        await world.LoadAsync("activities");
        Directory.Delete(Path.Combine(world.Folder, "d20260301"), recursive: true);
        world.Write("d20260303/activities.csv", Rows((1, "2026-03-03", "c")));

        Assert.Contains("48 hours lie between d20260301 and d20260303", await world.HeldAsync("activities"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("K23", "K27")]
    public async Task Damaged_json_is_mended_with_its_original_kept_and_what_cannot_be_is_a_reject()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("d20260301/activities.csv", "id,changed,data\n1,2026-03-01,\"{\"\"v\"\":\"\"he said \"\"\\hello\"\"\\\"\"}\"\n2,2026-03-01,\"{\"\"v\"\":\"\n3,2026-03-01,\"{\"\"v\"\":\"\"a \"\"b\"\" c\"\"}\"\n4,2026-03-01,\"{\"\"v\"\":\"\"\\u0000\"\"}\"\n");
        var done = await world.LoadAsync("activities");

        Assert.Equal(["1|he said \"hello\"", "3|a \"b\" c"], await world.Warehouse.LinesAsync("select id, data ->> 'v' from kotahi.activities order by 1"));
        Assert.Equal("d20260301: 1 × column data: swapped_escape; d20260301: 1 × column data: inner_quote", done.Note);
        Assert.Equal(
            ["2|16|json_repaired|column data: swapped_escape|noted", "3|63|bad_field|column data: expected JSON, found text of 5 bytes|open", "4|86|json_repaired|column data: inner_quote|noted", "5|123|bad_field|column data: expected JSON, found text of 14 bytes|open"],
            await world.RejectsAsync());
        Assert.Equal(2, done.Counts.Rejected);
    }

    private static string Rows(params (int Id, string Changed, string Value)[] rows) =>
        "id,changed,data\n" + string.Concat(rows.Select(row => $"{row.Id},{row.Changed},\"{{\"\"v\"\":\"\"{row.Value}\"\"}}\"\n"));
}
