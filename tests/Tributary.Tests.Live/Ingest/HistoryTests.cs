using System.Globalization;

namespace Tributary.Tests.Live.Ingest;

public sealed class HistoryTests
{
    private const string Overlaps = """
        select count(*) from airbyte.patient_history a join airbyte.patient_history b on a.id = b.id and a._row < b._row
        where tstzrange(a.valid_from, a.valid_to) && tstzrange(b.valid_from, b.valid_to)
          and tstzrange(a.known_from, a.known_to) && tstzrange(b.known_from, b.known_to)
        """;

    [Fact]
    [Requirement("X6")]
    public async Task Change_deletion_and_return_are_kept_with_the_time_in_which_they_were_true()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { History = true };
        drop.Write("Patient.1.ndjson", Drop.Patient("a", At(1), "1"));
        await drop.LoadAsync();
        drop.Write("b.json", Deletion("a", At(3), "2"));
        await drop.LoadAsync();
        Assert.Equal(["True"], await drop.Warehouse.LinesAsync("select _deleted from airbyte.patient"));
        drop.Write("Patient.2.ndjson", Drop.Patient("a", At(5), "3"));
        await drop.LoadAsync();

        Assert.Equal(["1", "", "3"], [await AsOfAsync(drop, 2), await AsOfAsync(drop, 4), await AsOfAsync(drop, 9)]);
        Assert.Equal("", await AsOfAsync(drop, 0));
        Assert.Equal(["3"], await drop.Warehouse.LinesAsync("select _version from airbyte.patient_as_of()"));
        Assert.Equal(["3|False"], await drop.Warehouse.LinesAsync("select _version, _deleted from airbyte.patient"));
        Assert.Equal(0, await drop.Warehouse.ScalarAsync<long>(Overlaps));
    }

    [Fact]
    public async Task What_was_known_then_can_still_be_asked_after_an_older_version_arrives()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { History = true };
        drop.Write("Patient.1.ndjson", Drop.Patient("a", At(1), "1"), Drop.Patient("a", At(9), "3"));
        await drop.LoadAsync();
        var before = await drop.Warehouse.ScalarAsync<DateTime>("select max(known_from) from airbyte.patient_history");
        drop.Write("Patient.2.ndjson", Drop.Patient("a", At(5), "2"));
        await drop.LoadAsync();

        Assert.Equal(["2"], await drop.Warehouse.LinesAsync("select _version from airbyte.patient_as_of($1)", Instant(6)));
        Assert.Equal(["1"], await drop.Warehouse.LinesAsync("select _version from airbyte.patient_as_of($1, $2)", Instant(6), before));
        Assert.Equal(["3"], await drop.Warehouse.LinesAsync("select _version from airbyte.patient"));
        Assert.Equal(0, await drop.Warehouse.ScalarAsync<long>(Overlaps));
    }

    [Fact]
    public async Task In_any_order_and_cut_into_any_batches_history_and_table_are_the_same()
    {
        var random = new Random(21);
        string[]? expected = null;
        for (var round = 0; round < 6; round++)
        {
            await using var drop = await Drop.CreateAsync();
            drop.Load = drop.Load with { History = true, BatchBytes = new(random.Next(1, 2000)) };
            var lines = (from id in Enumerable.Range(0, 4) from version in Enumerable.Range(1, 6) select Drop.Patient($"p{id}", At(version / 2 + id), $"{version}")).ToArray();
            random.Shuffle(lines);
            var half = random.Next(lines.Length);
            drop.Write("Patient.1.ndjson", lines[..half]);
            if (round % 2 == 0) await drop.LoadAsync();
            drop.Write("Patient.2.ndjson", lines[half..]);
            await drop.LoadAsync();

            var found = await drop.Warehouse.LinesAsync("""
                select id, _version, valid_from::text, valid_to::text from airbyte.patient_history
                where known_to = 'infinity' and valid_from < valid_to order by id, valid_from
                """);
            Assert.Equal(expected ??= found, found);
            Assert.Equal(24, await drop.Warehouse.ScalarAsync<long>("select count(distinct (id, _version)) from airbyte.patient_history"));
            Assert.Equal(["p0|6", "p1|6", "p2|6", "p3|6"], await drop.Warehouse.LinesAsync("select id, _version from airbyte.patient order by id"));
            Assert.Equal(0, await drop.Warehouse.ScalarAsync<long>(Overlaps));
        }
    }

    [Fact]
    public async Task A_history_that_begins_later_starts_with_what_is_there()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.1.ndjson", Drop.Patient("a", At(1), "1"), Drop.Patient("b"));
        await drop.LoadAsync();
        drop.Load = drop.Load with { History = true };
        Assert.False((await drop.CheckAsync()).IsFresh);
        drop.Write("Patient.2.ndjson", Drop.Patient("a", At(5), "2"));
        await drop.LoadAsync();

        Assert.Equal(["1", "2"], [await AsOfAsync(drop, 2), await AsOfAsync(drop, 6)]);
        Assert.Equal(["a|2", "b|∅"], await drop.Warehouse.LinesAsync("select id, _version from airbyte.patient_as_of() order by id"));
    }

    [Fact]
    public async Task A_document_that_is_refused_cuts_no_timeline()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { History = true };
        drop.Write("Patient.ndjson",
            Drop.Patient("a", At(1), "1"), Drop.Patient("a", At(5), "3"),
            $"{{\"resourceType\":\"Patient\",\"id\":\"a\",\"meta\":{{\"lastUpdated\":\"{At(3)}\"}},\"n\":1e200000}}");

        Assert.Equal(1, (await drop.LoadAsync()).Rejected);

        Assert.Equal(["1", "1", "3"], [await AsOfAsync(drop, 2), await AsOfAsync(drop, 4), await AsOfAsync(drop, 6)]);
    }

    private static async Task<string> AsOfAsync(Drop drop, int day) =>
        string.Join(',', await drop.Warehouse.LinesAsync("select _version from airbyte.patient_as_of($1)", Instant(day)));

    private static string Deletion(string id, string at, string version) =>
        $"{{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{{\"request\":{{\"method\":\"DELETE\",\"url\":\"Patient/{id}\"}},\"response\":{{\"lastModified\":\"{at}\",\"etag\":\"W/\\\"{version}\\\"\"}}}}]}}";

    private static DateTime Instant(int day) => new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day);

    private static string At(int day) => Instant(day).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
