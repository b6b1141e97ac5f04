using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>Bulk exports of the double: one job a request, made when it is asked for, done after some polls.</summary>
internal sealed class FhirExports(FhirStore store, FhirManners manners, string root)
{
    private readonly Dictionary<string, Job> jobs = [];
    private int made;

    public FhirReply Begin(NameValueCollection query, string? prefer)
    {
        if (prefer != "respond-async") return new FhirReply(400, FhirAnswers.Outcome("required"));
        var type = query["_type"] ?? "Patient";
        var since = query["_since"] is { } text ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) : (DateTime?)null;
        var current = store.Current(type).Where(version => since is null || version.At >= since).Select(version => version.Json).ToArray();
        var gone = since is null ? [] : store.Versions.Where(version => version.Type == type).GroupBy(version => version.Id)
            .Select(group => group.Last()).Where(version => version.IsDeleted && version.At >= since).Select(version => version.Id).ToArray();
        var name = $"{++made}";
        jobs[name] = new Job(store.Now, type, [.. current.Chunk(Math.Max(1, (current.Length + 1) / 2))], gone);
        return new FhirReply(202, "") { ContentLocation = $"{root}/jobs/{name}" };
    }

    public FhirReply Status(string method, string name)
    {
        if (!jobs.TryGetValue(name, out var job)) return new FhirReply(404, FhirAnswers.Outcome("not-found"));
        if (method == "DELETE") return jobs.Remove(name) ? new FhirReply(202, "") : new FhirReply(404, "");
        if (job.Polls++ < manners.ExportPolls) return new FhirReply(202, "");
        var output = job.Files.Select((_, number) => new { type = job.Type, url = $"{root}/files/{name}/{number}" });
        return new FhirReply(200, JsonSerializer.Serialize(new
        {
            transactionTime = FhirStore.Text(job.At),
            request = root,
            requiresAccessToken = manners.ExportNeedsToken,
            output,
            deleted = job.Gone.Length > 0 ? new[] { new { type = "Bundle", url = $"{root}/files/{name}/{job.Files.Length}" } } : [],
            error = manners.Outcome is null ? [] : new[] { new { type = "OperationOutcome", url = $"{root}/files/{name}/{job.Files.Length + 1}" } },
        }))
        { ContentType = "application/json" };
    }

    public FhirReply File(string name, int number)
    {
        if (!jobs.TryGetValue(name, out var job)) return new FhirReply(404, "");
        var lines = number < job.Files.Length ? job.Files[number]
            : number == job.Files.Length ? [.. job.Gone.Select(id => Deletion(job.Type, id))]
            : [manners.Outcome ?? ""];
        return new FhirReply(200, string.Concat(lines.Select(line => line + "\n"))) { ContentType = "application/fhir+ndjson" };
    }

    private static string Deletion(string type, string id) =>
        $$$"""{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"{{{type}}}/{{{id}}}"}}]}""";

    private sealed record Job(DateTime At, string Type, string[][] Files, string[] Gone)
    {
        public int Polls { get; set; }
    }
}
