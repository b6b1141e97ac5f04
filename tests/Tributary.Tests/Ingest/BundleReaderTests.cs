using System.Text;
using System.Text.Json;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Tests.Ingest;

public sealed class BundleReaderTests
{
    private const string Bundle = """
        {
          "link": [{"entry": [1]}], "total": 3,
          "entry": [
            {"fullUrl": "urn:1", "resource": {"resourceType": "Patient", "id": "a", "entry": [{"resource": {"id": "inner"}}]}},
            {"request": {"method": "DELETE", "url": "Patient/b"}, "response": {"lastModified": "2025-01-01T00:00:00Z", "etag": "W/\"4\""}},
            {"search": {"mode": "match"}, "resource": {"resourceType": "Patient",
               "id": "c"}}
          ],
          "resourceType": "Bundle"
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Entries_come_out_as_they_stand_with_their_places(int step)
    {
        var bytes = Encoding.UTF8.GetBytes(Bundle);

        var (entries, reader) = await ReadAsync(bytes, step, 1000);

        Assert.True(reader.IsBundle);
        Assert.Equal(
            ["{\"resourceType\": \"Patient\", \"id\": \"a\", \"entry\": [{\"resource\": {\"id\": \"inner\"}}]}", "", "{\"resourceType\": \"Patient\",\n       \"id\": \"c\"}"],
            entries.Select(entry => Encoding.UTF8.GetString(entry.Resource.Bytes.Span)));
        Assert.Equal([4, 0, 6], entries.Select(entry => entry.Resource.Number));
        foreach (var entry in entries.Where(entry => !entry.IsDeletion))
            Assert.True(bytes.AsSpan((int)entry.Resource.Offset).StartsWith(entry.Resource.Bytes.Span));
        Assert.Equal(("Patient/b", "2025-01-01T00:00:00Z", "W/\"4\""), (entries[1].Url, entries[1].LastModified, entries[1].ETag));
    }

    [Fact]
    public async Task A_resource_over_the_limit_keeps_its_first_part_and_the_next_one_is_read()
    {
        var items = string.Join(',', Enumerable.Range(0, 600_000).Select(i => $"{i:D7}").Select(digits => $"\"{digits}\""));
        var bytes = Encoding.UTF8.GetBytes($"{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{{\"big\":[{items}]}}}},{{\"resource\":{{\"id\":\"b\"}}}}]}}");

        var (entries, _) = await ReadAsync(bytes, 65_536, 1000);

        Assert.Equal([(true, (long)items.Length + 10), (false, 10)], entries.Select(entry => (entry.Resource.IsOverSize, entry.Resource.Length)));
        Assert.Equal(1 << 20, entries[0].Resource.Bytes.Length);
        Assert.True(bytes.AsSpan((int)entries[0].Resource.Offset).StartsWith(entries[0].Resource.Bytes.Span));
        Assert.Equal("{\"id\":\"b\"}", Encoding.UTF8.GetString(entries[1].Resource.Bytes.Span));
    }

    [Fact]
    public async Task A_single_value_over_the_limit_ends_the_reading_in_bounded_memory()
    {
        var bytes = Encoding.UTF8.GetBytes($"{{\"entry\":[{{\"resource\":{{\"big\":\"{new string('x', 9_000_000)}\"}}}}]}}");

        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(bytes, 65_536, 1000));
    }

    [Fact]
    public async Task What_is_cut_off_is_no_json()
    {
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Encoding.UTF8.GetBytes(Bundle[..200]), 50, 1000));
    }

    private static async Task<(List<BundleEntry> Entries, BundleReader Reader)> ReadAsync(byte[] bytes, int step, int limit)
    {
        var reader = new BundleReader(new SlowStream(bytes, step), limit);
        var entries = new List<BundleEntry>();
        do
        {
            while (reader.TryRead(out var entry)) entries.Add(entry with { Resource = entry.Resource with { Bytes = entry.Resource.Bytes.ToArray() } });
        }
        while (await reader.FillAsync(TestContext.Current.CancellationToken));
        return (entries, reader);
    }
}
