using Tributary.Core.Text;

namespace Tributary.Tests.Live.Ingest;

public sealed class MergeLoadTests
{
    [Fact]
    public async Task Files_become_rows_with_the_document_as_it_came()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a", "2025-01-02T03:04:05.678901+02:00", "7"), "", Drop.Patient("b"));
        drop.Write("sub/Patient-1.ndjson.gz", Drop.Patient("c"));
        drop.Write("PatientList.ndjson", "not read");

        var counts = await drop.LoadAsync();

        Assert.Equal((3, 3, 0, 0, 2), (counts.Rows, counts.Inserted, counts.Unchanged, counts.Rejected, counts.Files));
        Assert.Equal(
            [
                "a|{\"id\": \"a\", \"meta\": {\"versionId\": \"7\", \"lastUpdated\": \"2025-01-02T03:04:05.678901+02:00\"}, \"note\": \"x\", \"resourceType\": \"Patient\"}|7|2025-01-02 01:04:05.678901|1|False",
                "b|{\"id\": \"b\", \"note\": \"x\", \"resourceType\": \"Patient\"}|∅|∅|1|False",
                "c|{\"id\": \"c\", \"note\": \"x\", \"resourceType\": \"Patient\"}|∅|∅|1|False",
            ],
            await drop.Warehouse.LinesAsync("select id, resource::text, _version, (_last_updated at time zone 'UTC')::text, _load, _deleted from airbyte.patient order by id"));
        Assert.Equal(
            ["Patient.ndjson|3|2|0", "sub/Patient-1.ndjson.gz|1|1|0"],
            await drop.Warehouse.LinesAsync("select file, lines, rows, rejects from tributary.loaded_file order by file"));
        Assert.Equal(["1|{}"], await drop.Warehouse.LinesAsync("select load, position::text from tributary.checkpoint"));
    }

    [Fact]
    public async Task A_file_that_was_loaded_is_fresh_and_a_changed_one_is_not()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"));
        Assert.Equal("it was never loaded", (await drop.CheckAsync()).Because);
        await drop.LoadAsync();
        Assert.True((await drop.CheckAsync()).IsFresh);

        drop.Write("Patient.ndjson", Drop.Patient("a", note: "y"));

        Assert.Equal("Patient.ndjson changed", (await drop.CheckAsync()).Because);
        Assert.Equal(1, (await drop.LoadAsync()).Updated);
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task An_older_version_never_overwrites_a_newer_one_in_any_order()
    {
        string[] versions = [Drop.Patient("a", "2025-01-01T00:00:00Z", "9"), Drop.Patient("a", "2025-01-01T00:00:00Z", "10"), Drop.Patient("a", "2024-12-31T23:00:00Z", "11")];
        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            await using var drop = await Drop.CreateAsync();
            for (var i = 0; i < 3; i++)
            {
                drop.Write($"Patient.{i}.ndjson", versions[order[i]]);
                if (order[0] != 1) await drop.LoadAsync();
            }
            await drop.LoadAsync();
            Assert.Equal(["10"], await drop.Warehouse.LinesAsync("select _version from airbyte.patient"));
        }
    }

    [Fact]
    public async Task Unchanged_rows_are_not_touched_and_nothing_downstream_is_due()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("b"));
        await drop.LoadAsync();
        drop.Write("Patient.2.ndjson", Drop.Patient("b"));

        var counts = await drop.LoadAsync();

        Assert.Equal((1, 0, 0, 1), (counts.Rows, counts.Inserted, counts.Updated, counts.Unchanged));
        Assert.Equal(["a|1", "b|1"], await drop.Warehouse.LinesAsync("select id, _load from airbyte.patient order by id"));
        Assert.Equal(1, await drop.Warehouse.ScalarAsync<long>("select load from tributary.checkpoint"));
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task Keys_that_come_twice_in_a_first_load_end_as_one_row()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { BatchBytes = new(200) };
        drop.Write("Patient.ndjson", [.. Enumerable.Range(0, 50).Select(i => Drop.Patient($"p{i % 20}", version: $"{i}"))]);

        var counts = await drop.LoadAsync();

        Assert.Equal((50, 20, 30), (counts.Rows, counts.Inserted, counts.Updated));
        Assert.Equal(["20|30|49"], await drop.Warehouse.LinesAsync("select count(*), min(_version::int), max(_version::int) from airbyte.patient"));
    }

    [Theory]
    [InlineData("drop table airbyte.patient")]
    [InlineData("truncate airbyte.patient")]
    public async Task A_table_that_is_gone_is_loaded_again(string accident)
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"));
        await drop.LoadAsync();
        await drop.Warehouse.ExecuteAsync(accident);

        Assert.False((await drop.CheckAsync()).IsFresh);
        Assert.Equal(1, (await drop.LoadAsync()).Inserted);
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_with_its_place()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"));
        await drop.LoadAsync();
        var moved = drop.Folder + "-moved";
        Directory.Move(drop.Folder, moved);
        try
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(() => drop.CheckAsync());
            Assert.Equal((ErrorCodes.SourceUnreadable, "sources/fhir.yml"), (error.Errors[0].Code, error.Errors[0].At.ToString()));
        }
        finally
        {
            Directory.Move(moved, drop.Folder);
        }
    }
}
