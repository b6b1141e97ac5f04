using System.Collections.Specialized;
using System.Globalization;
using System.Text.Json;
using System.Web;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>What the double answers: capability statement, searches, histories, reads and exports over its store.</summary>
internal sealed class FhirAnswers(FhirStore store, FhirManners manners, string root)
{
    private readonly Dictionary<string, Pages> pages = [];
    private readonly FhirExports exports = new(store, manners, root);
    private int requests;

    public FhirReply Reply(string method, Uri address, string? prefer)
    {
        lock (store.Gate)
        {
            requests++;
            var path = address.AbsolutePath["/fhir".Length..].Trim('/').Split('/');
            var query = HttpUtility.ParseQueryString(address.Query);
            return path switch
            {
                ["metadata"] => new FhirReply(200, Capabilities()),
                [".well-known", "smart-configuration"] => new FhirReply(200, $$"""{"token_endpoint":"{{root[..^5]}}/token"}"""),
                ["page"] => Page(query),
                [.., "$export"] when manners.OffersExport => exports.Begin(query, prefer),
                ["jobs", var job] => exports.Status(method, job),
                ["files", var job, var file] => exports.File(job, int.Parse(file, CultureInfo.InvariantCulture)),
                [var type, "_history"] when manners.OffersHistory => History(type, query, address.Query),
                [var type] when store.Versions.Any(version => version.Type == type) || type == "Patient" => Search(type, query, address.Query),
                [var type, var id] => Read(type, id),
                _ => new FhirReply(404, Outcome("not-found")),
            };
        }
    }

    public static string Outcome(string code, string severity = "error") =>
        $$"""{"resourceType":"OperationOutcome","issue":[{"severity":"{{severity}}","code":"{{code}}","diagnostics":"the secret of Mrs Miller"}]}""";

    private FhirReply Read(string type, string id)
    {
        var last = store.Versions.LastOrDefault(version => version.Type == type && version.Id == id);
        return last is null ? new FhirReply(404, Outcome("not-found")) : last.IsDeleted ? new FhirReply(410, Outcome("deleted")) : new FhirReply(200, last.Json);
    }

    private FhirReply Search(string type, NameValueCollection query, string text)
    {
        var found = Again(type, query);
        var self = text.TrimStart('?').Split('&').Where(part => Echoes(part)).ToArray();
        return First(new Pages("searchset", found, () => Again(type, query), SizeOf(query), string.Join('&', self)));
    }

    private bool Echoes(string part) =>
        !(part.StartsWith("_sort", StringComparison.Ordinal) && !manners.HeedsSort)
        && !(part.StartsWith("_lastUpdated", StringComparison.Ordinal) && !manners.HeedsFilter)
        && !(part.StartsWith("_id", StringComparison.Ordinal) && !manners.HeedsId);

    private List<FhirVersion> Again(string type, NameValueCollection query)
    {
        var found = store.Current(type);
        if (!manners.HeedsSort) found = [.. found.OrderBy(version => version.Id, StringComparer.Ordinal)];
        if (manners.HeedsSort && query["_sort"] == "-_lastUpdated") found.Reverse();
        if (query["_lastUpdated"] is { } since && manners.HeedsFilter) found = [.. found.Where(version => version.At >= Instant(since[2..]))];
        if (query["_id"] is { } ids && manners.HeedsId) found = [.. found.Where(version => ids.Split(',').Contains(version.Id))];
        return found;
    }

    private FhirReply History(string type, NameValueCollection query, string text)
    {
        List<FhirVersion> Find() =>
        [
            .. store.Versions.Where(version => version.Type == type && (query["_since"] is not { } since || version.At >= Instant(since)))
                .Select((version, number) => (version, number)).OrderByDescending(one => one.version.At).ThenByDescending(one => one.number).Select(one => one.version),
        ];
        return First(new Pages("history", Find(), Find, SizeOf(query), text.TrimStart('?')));
    }

    private int SizeOf(NameValueCollection query) =>
        Math.Min(query["_count"] is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : 20, manners.MostOnPage);

    private FhirReply First(Pages first)
    {
        var token = $"t{pages.Count}";
        pages[token] = first with { Made = requests };
        return Bundle(first, 0, token);
    }

    private FhirReply Page(NameValueCollection query)
    {
        var (token, from) = (query["token"]!, int.Parse(query["from"]!, CultureInfo.InvariantCulture)); // our own links hold both
        if (!pages.TryGetValue(token, out var known) || requests - known.Made > manners.TokenRequests) return new FhirReply(410, Outcome("expired"));
        return Bundle(known, from, token);
    }

    private FhirReply Bundle(Pages of, int from, string token)
    {
        var all = manners.Paging == FhirPaging.Offset ? of.Again() : of.Found;
        var chosen = all.Skip(from).Take(of.Size).Select(version => of.Type == "history" ? version : Newest(version)).OfType<FhirVersion>();
        var entries = chosen.SelectMany(version => Enumerable.Repeat(Entry(version, of.Type), manners.GivesTwice ? 2 : 1)).ToList();
        if (manners.Outcome is { } outcome && of.Type == "searchset") entries.Add($$$"""{"resource":{{{outcome}}},"search":{"mode":"outcome"}}""");
        var links = new List<string>();
        if (manners.TellsSelf) links.Add($$"""{"relation":"self","url":"{{root}}/x?{{of.Self}}"}""");
        var next = manners.NextLink ?? (from + of.Size < all.Count && manners.Paging != FhirPaging.None ? $"{root}/page?token={token}&from={from + of.Size}" : null);
        if (next is not null) links.Add($$"""{"relation":"next","url":"{{next}}"}""");
        var (link, entry) = ($"\"link\":[{string.Join(',', links)}]", $"\"entry\":[{string.Join(",\n", entries)}]");
        return new FhirReply(200, $$"""{"resourceType":"Bundle","type":"{{of.Type}}",{{(manners.LinksLast ? $"{entry},{link}" : $"{link},{entry}")}}}""");
    }

    // A search that was made earlier gives what a resource is by now, or nothing when it is gone.
    private FhirVersion? Newest(FhirVersion version) => store.Current(version.Type).Find(one => one.Id == version.Id);

    private string Entry(FhirVersion version, string type)
    {
        var path = $"{version.Type}/{version.Id}";
        if (type == "searchset") return $$$"""{"fullUrl":"{{{root}}}/{{{path}}}","resource":{{{version.Json}}},"search":{"mode":"match"}}""";
        if (!version.IsDeleted) return $$$"""{"fullUrl":"{{{root}}}/{{{path}}}","resource":{{{version.Json}}},"request":{"method":"PUT","url":"{{{path}}}"},"response":{"status":"200"}}""";
        var dated = manners.DatesTombstones ? $",\"lastModified\":\"{FhirStore.Text(version.At)}\"" : "";
        return $$$"""{"fullUrl":"{{{root}}}/{{{path}}}","request":{"method":"DELETE","url":"{{{path}}}/_history/{{{version.Version}}}"},"response":{"status":"204","etag":"W/\"{{{version.Version}}}\""{{{dated}}}}}""";
    }

    private string Capabilities() => JsonSerializer.Serialize(new
    {
        resourceType = "CapabilityStatement",
        fhirVersion = manners.FhirVersion,
        rest = new[]
        {
            new
            {
                mode = "server",
                resource = store.Versions.Select(version => version.Type).Append("Patient").Distinct()
                    .Select(type => new { type, interaction = manners.OffersHistory ? new[] { new { code = "read" }, new { code = "history-type" } } : [new { code = "read" }] }),
                operation = manners.OffersExport ? new[] { new { name = "export" } } : [],
            },
        },
    });

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private sealed record Pages(string Type, IReadOnlyList<FhirVersion> Found, Func<List<FhirVersion>> Again, int Size, string Self)
    {
        public int Made { get; init; }
    }
}
