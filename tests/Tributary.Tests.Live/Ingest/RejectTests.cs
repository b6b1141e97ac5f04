using System.Text;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Ingest;

[Requirement("X7")]
public sealed class RejectTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_lines_spoilt_in_ten_ways_are_ten_rejects_with_their_places()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { BatchBytes = new(1000), MaxRecordBytes = new(2000) };
        byte[][] bad =
        [
            "{\"resourceType\":\"Patient\",\"id\":\"x1\""u8.ToArray(),
            "{\"resourceType\":\"Patient\"}"u8.ToArray(),
            "{\"resourceType\":\"Encounter\",\"id\":\"x3\"}"u8.ToArray(),
            "{\"id\":\"x4\"}"u8.ToArray(),
            "{\"resourceType\":\"Patient\",\"id\":\"x5\",\"n\":\"\\u0000\"}"u8.ToArray(),
            [.. "{\"resourceType\":\"Patient\",\"id\":\"x6\",\"n\":\""u8, 0xFF, .. "\"}"u8],
            Encoding.UTF8.GetBytes($"{{\"resourceType\":\"Patient\",\"id\":\"x7\",\"n\":\"{new string('n', 3000)}\"}}"),
            "{\"resourceType\":\"Patient\",\"id\":\"x8\",\"n\":1e200000}"u8.ToArray(),
            "{\"resourceType\":\"Patient\",\"id\":\"x9\",\"n\":\"\\ud800\"}"u8.ToArray(),
            "{\"resourceType\":\"Patient\",\"id\":17}"u8.ToArray(),
        ];
        var (bytes, expected) = Mix(bad);
        drop.WriteBytes("Patient.ndjson", bytes);

        var counts = await drop.LoadAsync();

        Assert.Equal((100, 100, 10), (counts.Rows, counts.Inserted, counts.Rejected));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await drop.Warehouse.LinesAsync(
            "select line, byte_offset, length, reason from tributary_reject.reject")).Order(StringComparer.Ordinal));
        Assert.Equal(["110|100|10"], await drop.Warehouse.LinesAsync("select lines, rows, rejects from tributary.loaded_file"));
        var rows = await drop.Warehouse.RowsAsync("select line, byte_offset, length, bytes from tributary_reject.reject");
        foreach (var row in rows)
            Assert.Equal(bytes.AsSpan((int)(long)row[1]!, (int)(long)row[2]!).ToArray(), (byte[])row[3]!);
    }

    [Fact]
    public async Task A_refused_document_leaves_the_row_that_stood_there_and_the_next_best_version_goes_in()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.1.ndjson", Drop.Patient("a", version: "1"), Drop.Patient("b", version: "1"));
        await drop.LoadAsync();
        drop.Write("Patient.2.ndjson",
            "{\"resourceType\":\"Patient\",\"id\":\"a\",\"meta\":{\"versionId\":\"2\"},\"n\":1e200000}",
            Drop.Patient("b", version: "2"), "{\"resourceType\":\"Patient\",\"id\":\"b\",\"meta\":{\"versionId\":\"3\"},\"n\":\"\\ud800\"}");

        var counts = await drop.LoadAsync();

        Assert.Equal((1, 1, 2), (counts.Rows, counts.Updated, counts.Rejected));
        Assert.Equal(["a|1", "b|2"], await drop.Warehouse.LinesAsync("select id, _version from airbyte.patient order by id"));
        Assert.Equal(["1|refused", "3|refused"], await drop.Warehouse.LinesAsync("select line, reason from tributary_reject.reject order by line"));
    }

    [Fact]
    public async Task Max_rejects_stops_the_load_and_keeps_the_batches_before()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Load = drop.Load with { BatchBytes = new(100), MaxRejects = 1 };
        drop.Write("Patient.ndjson", [.. Enumerable.Range(0, 20).Select(i => Drop.Patient($"p{i}")), "bad", "bad", Drop.Patient("last")]);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => drop.LoadAsync());

        Assert.Equal(ErrorCodes.TooManyRejects, error.Errors[0].Code);
        Assert.Contains("Patient.ndjson:21 (bad_json)", error.Message, StringComparison.Ordinal);
        Assert.InRange(await drop.Warehouse.ScalarAsync<long>("select count(*) from airbyte.patient"), 15, 20);
        drop.Load = drop.Load with { MaxRejects = null };
        await drop.LoadAsync();
        Assert.Equal(["21|2"], await drop.Warehouse.LinesAsync("select (select count(*) from airbyte.patient), (select count(*) from tributary_reject.reject)"));
    }

    [Fact]
    public async Task A_corrected_record_is_released_into_the_table_and_the_counts()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"), "{\"resourceType\":\"Patient\"}");
        await drop.LoadAsync();
        var rejects = new Rejects(await drop.ContextAsync());
        var reject = Assert.Single(await rejects.ListAsync("fhir.Patient", "open", 10, Cancel));
        Assert.Equal(("Patient.ndjson", 2, "missing_id"), (reject.File, reject.Line, reject.Reason));
        Assert.Equal("{\"resourceType\":\"Patient\"}", Encoding.UTF8.GetString(await rejects.BytesAsync(reject.Id, Cancel)));

        await Assert.ThrowsAsync<UserErrorException>(() => rejects.ReleaseAsync(drop.Node().Stream, reject.Id, null, Cancel));
        await rejects.ReleaseAsync(drop.Node().Stream, reject.Id, Encoding.UTF8.GetBytes(Drop.Patient("b")), Cancel);

        Assert.Equal(["a", "b"], await drop.Warehouse.LinesAsync("select id from airbyte.patient order by id"));
        Assert.Equal(["2|0"], await drop.Warehouse.LinesAsync("select rows, rejects from tributary.loaded_file"));
        Assert.Equal("released", (await rejects.FindAsync(reject.Id, Cancel)).Status);
        await Assert.ThrowsAsync<UserErrorException>(() => rejects.ReleaseAsync(drop.Node().Stream, reject.Id, Encoding.UTF8.GetBytes(Drop.Patient("b")), Cancel));
        await drop.LoadAsync();
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task Rejects_of_a_file_that_is_corrected_are_superseded()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"), "bad");
        await drop.LoadAsync();
        drop.Write("Patient.ndjson", Drop.Patient("a"), Drop.Patient("b"));
        await drop.LoadAsync();

        Assert.Equal(["superseded"], await drop.Warehouse.LinesAsync("select status from tributary_reject.reject"));
        Assert.Equal(["2|2|0"], await drop.Warehouse.LinesAsync("select lines, rows, rejects from tributary.loaded_file"));
    }

    [Fact]
    public async Task A_cut_archive_is_a_reject_and_what_stood_before_is_loaded()
    {
        await using var drop = await Drop.CreateAsync();
        var random = new Random(5);
        drop.Write("Patient.ndjson.gz", [.. Enumerable.Range(0, 5000).Select(i => Drop.Patient($"p{i}", note: $"{random.NextInt64()}"))]);
        var path = Path.Combine(drop.Folder, "Patient.ndjson.gz");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^2000]);

        var counts = await drop.LoadAsync();

        Assert.InRange(counts.Rows, 1, 4999);
        Assert.InRange(counts.Rejected, 1, 2);
        Assert.Contains("damaged_file", await drop.Warehouse.LinesAsync("select reason from tributary_reject.reject"));
        Assert.True((await drop.CheckAsync()).IsFresh);
    }

    // Ten good lines before each bad one, with blank lines and Windows line ends in between.
    private static (byte[] Bytes, List<string> Expected) Mix(byte[][] bad)
    {
        string[] reasons = ["bad_json", "missing_id", "wrong_type", "missing_type", "nul_character", "bad_utf8", "over_size", "refused", "refused", "bad_id"];
        var file = new MemoryStream();
        var expected = new List<string>();
        var line = 0;
        for (var i = 0; i < bad.Length; i++)
        {
            for (var good = 0; good < 10; good++, line++) file.Write(Encoding.UTF8.GetBytes(Drop.Patient($"p{i}-{good}") + (good == 3 ? "\r\n" : "\n")));
            expected.Add($"{++line}|{file.Position}|{bad[i].Length}|{reasons[i]}");
            file.Write(bad[i]);
            file.WriteByte((byte)'\n');
        }
        return (file.ToArray(), expected);
    }
}
