namespace Tributary.Tests.Live.Ingest;

public sealed class BundleTests
{
    [Fact]
    public async Task Entries_go_to_the_streams_of_their_types_and_strangers_are_reported()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Types = ["Patient", "Encounter"];
        drop.Load = drop.Load with { BatchBytes = new(60) };
        drop.Write("all.json", $$$"""
            {"resourceType":"Bundle","entry":[{"resource":{{{Drop.Patient("a")}}}},{"resource":{"resourceType":"Encounter","id":"e"}},
            {"resource":{"resourceType":"Media","id":"m"}},{"resource":{{{Drop.Patient("b")}}}},{"resource":{"id":"nameless"}}]}
            """);
        drop.Write("Device.ndjson", "{}");
        drop.Write("manifest.json", "{\"output\":[]}");

        var patients = await drop.RunAsync();
        var encounters = await drop.RunAsync("Encounter");

        Assert.Equal((2, 1), (patients.Counts.Inserted, patients.Counts.Rejected));
        Assert.Equal("left out: Media in all.json, manifest.json, which is no Bundle, the file Device.ndjson", patients.Note);
        Assert.Equal((1, 0), (encounters.Counts.Inserted, encounters.Counts.Rejected));
        Assert.Null(encounters.Note);
        Assert.Equal(["missing_type|2"], await drop.Warehouse.LinesAsync("select reason, line from tributary_reject.reject"));
        Assert.True((await drop.CheckAsync()).IsFresh);
        Assert.True((await drop.CheckAsync("Encounter")).IsFresh);
    }

    [Fact]
    public async Task A_bundle_that_ends_too_early_keeps_what_stood_before()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("all.json", $$$"""{"resourceType":"Bundle","entry":[{"resource":{{{Drop.Patient("a")}}}},{"resource":{"resourceType":"Pat""");

        var counts = await drop.LoadAsync();

        Assert.Equal((1, 1), (counts.Inserted, counts.Rejected));
    }

    [Fact]
    public async Task A_stream_without_files_says_so()
    {
        await using var drop = await Drop.CreateAsync();
        drop.Write("Patients.ndjson", Drop.Patient("a"));

        Assert.Equal("no file below . belongs to Patient; left out: the file Patients.ndjson", (await drop.RunAsync()).Note);
        Assert.True((await drop.CheckAsync()).IsFresh);
    }
}
