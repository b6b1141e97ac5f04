using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>A FHIR server that somebody else wrote: no next links, no link to itself, versions that are UUIDs, no statement of what it can.</summary>
[Requirement("E1", "E3")]
public sealed class NpmFhirServerTests
{
    [Fact]
    public async Task Records_changes_and_deletions_of_another_hands_server_arrive()
    {
        using var server = await NpmFhirServer.StartAsync(Repository.Root);
        await using var loads = await FhirLoads.CreateAsync();
        loads.Source = FhirLoads.SourceOf(server.Base, "raw") with { ReconcileEvery = TimeSpan.Zero };
        using var web = new HttpClient();
        var ids = new List<string>();
        for (var i = 0; i < 45; i++) ids.Add(IdOf(await SendAsync(web, HttpMethod.Post, $"{server.Base}/Patient", $$"""{"resourceType":"Patient","name":[{"family":"F{{i}}"}]}""")));

        Assert.Equal(45, (await loads.LoadAsync()).Inserted);
        await AssertSameAsync(loads, web, server, ids);
        await SendAsync(web, HttpMethod.Put, $"{server.Base}/Patient/{ids[3]}", $$"""{"resourceType":"Patient","id":"{{ids[3]}}","active":true}""");
        await SendAsync(web, HttpMethod.Delete, $"{server.Base}/Patient/{ids[7]}", null);
        var counts = await loads.LoadAsync();

        Assert.Equal((0L, 1L, 1L), (counts.Inserted, counts.Updated, counts.Deleted));
        ids.RemoveAt(7);
        await AssertSameAsync(loads, web, server, ids);
    }

    private static async Task AssertSameAsync(FhirLoads loads, HttpClient web, NpmFhirServer server, List<string> ids)
    {
        var expected = new List<string>();
        foreach (var id in ids) expected.Add($"{id}|{Convert.ToHexStringLower(SHA256.HashData(await SendAsync(web, HttpMethod.Get, $"{server.Base}/Patient/{id}", null))[..16])}");
        var found = await loads.Warehouse.LinesAsync("select id, encode(_hash, 'hex') from raw.patient where not _deleted");
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static string IdOf(byte[] resource) => JsonDocument.Parse(resource).RootElement.GetProperty("id").GetString()!; // a created resource has an id

    private static async Task<byte[]> SendAsync(HttpClient web, HttpMethod method, string address, string? body)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        using var response = await web.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
