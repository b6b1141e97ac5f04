using System.Globalization;
using Tributary.Synthetic;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>What was true on a day, and what was known of it: against the same question asked of the CSV files, by a few lines that share nothing with the program.</summary>
public sealed class PointInTimeTests
{
    private static readonly TimeZoneInfo Auckland = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");

    private static readonly string[] Snapshots = ["Clients", "ClientServiceStatus", "ClientRelationshipParticipants"];

    [Fact]
    [Requirement("K10", "K17", "K20", "K76")]
    public async Task Two_hundred_random_dates_answer_as_the_drops_do()
    {
        await using var project = await KotahiProject.CreateAsync(new SyntheticOptions(Seed: 11, Scale: 0.002, Clean: true, Days: 9));
        // The third night's drop comes behind the fifth's, the seventh's behind the eighth's.
        var order = new[] { 0, 1, 3, 4, 2, 5, 7, 6, 8 };
        List<(Drop Drop, DateTime KnownFrom)> arrived = [];
        foreach (var night in order)
        {
            var name = project.Arrivals[night].Drop;
            project.Deliver(name);
            await project.RunAsync("sync"); // the activities wait where a night is missing
            arrived.Add((new Drop(Path.Combine(project.Drops.FullName, name)), await project.Warehouse.ScalarAsync<DateTime>("select clock_timestamp()")));
        }
        (await project.RunAsync("sync")).Expect(0);

        var chance = new Random(20260301);
        for (var i = 0; i < 200; i++)
        {
            var valid = arrived[0].Drop.At.AddHours(-6 + chance.NextDouble() * 24 * 10.5);
            var knownIndex = chance.Next(arrived.Count);
            var known = arrived[knownIndex].KnownFrom;
            List<Drop> drops = [.. arrived.Take(knownIndex + 1).Select(entry => entry.Drop)];
            foreach (var dataset in Snapshots)
                Assert.Equal((i, dataset, string.Join('\n', SnapshotAt(drops, dataset, valid))), (i, dataset, string.Join('\n', await AskAsync(project, dataset, valid, known))));
            Assert.Equal((i, string.Join('\n', ActivitiesAt(drops, valid))), (i, string.Join('\n', await AskAsync(project, "Activities", valid, known))));
        }
    }

    [Fact]
    [Requirement("K10", "K59", "K76")]
    public async Task Any_mart_can_be_built_for_another_day_beside_todays()
    {
        await using var project = await KotahiProject.CreateAsync(new SyntheticOptions(Seed: 11, Scale: 0.002, Clean: true, Days: 5));
        project.DeliverAll();
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build", "--as-of", "2026-03-05")).Expect(0);
        (await project.RunAsync("build", "--target", "past", "--as-of", "2026-03-02T12:00:00Z", "--vars", "{at: '2026-03-02T12:00:00Z'}")).Expect(0);

        var drop = new Drop(Path.Combine(project.Drops.FullName, "karo_upload20260303000512"));
        var clients = SnapshotAt([drop], "Clients", drop.At).Count;
        Assert.Equal(clients, await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi_at_20260302.mvw_client_summary"));
        var day = new DateOnly(2026, 3, 3); // noon in UTC is the next day in Auckland
        var open = PlainCsv.Read(Path.Combine(drop.Folder, "ClientServiceStatus.csv"))
            .GroupBy(row => (row["clientid"], row["serviceid"], row["registereddate"]))
            .Where(rows => DateOnly.Parse(rows.Key.Item3, CultureInfo.InvariantCulture) <= day).ToList();
        Assert.Equal(open.Count, await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi_at_20260302.mvw_client_services"));
        Assert.Equal(day, DateOnly.FromDateTime(await project.Warehouse.ScalarAsync<DateTime>("select max(day)::timestamp from rpt_at_20260302.open_cases_daily")));
        Assert.Equal(new DateOnly(2026, 3, 5), DateOnly.FromDateTime(await project.Warehouse.ScalarAsync<DateTime>("select max(day)::timestamp from rpt.open_cases_daily")));
    }

    /// <summary>The records of the newest snapshot that is not later than the instant, among those that had come.</summary>
    private static List<string> SnapshotAt(List<Drop> drops, string dataset, DateTime valid)
    {
        var newest = drops.Where(drop => drop.At <= valid).MaxBy(drop => drop.At);
        return newest is null ? [] : [.. PlainCsv.Read(Path.Combine(newest.Folder, $"{dataset}.csv")).Select(Text).Order(StringComparer.Ordinal)];
    }

    /// <summary>The newest record of each activity among the deltas that are not later than the instant; behind a missing night nothing was taken.</summary>
    private static List<string> ActivitiesAt(List<Drop> drops, DateTime valid)
    {
        var newest = new Dictionary<string, Dictionary<string, string>>();
        var previous = (Drop?)null;
        foreach (var drop in drops.OrderBy(drop => drop.At))
        {
            if (previous is not null && drop.At - previous.At > TimeSpan.FromHours(36)) break;
            previous = drop;
            if (drop.At > valid) break;
            foreach (var row in PlainCsv.Read(Path.Combine(drop.Folder, "Activities.csv")))
            {
                if (!newest.TryGetValue(row["activityid"], out var old) || string.CompareOrdinal(row["modifieddate"], old["modifieddate"]) >= 0) newest[row["activityid"]] = row;
            }
        }
        return [.. newest.Values.Select(Text).Order(StringComparer.Ordinal)];
    }

    private static string Text(Dictionary<string, string> row) => row.TryGetValue("activityid", out var activity)
        ? $"{activity}|{row["modifieddate"]}|{row["durationminutes"]}|{row["status"]}"
        : string.Join('|', row.Where(field => field.Key is "clientid" or "address" or "locality" or "nhi" or "clientservicestatusid" or "servicestatusid" or "participantid" or "relationshipid").Select(field => field.Value));

    private static async Task<List<string>> AskAsync(KotahiProject project, string dataset, DateTime valid, DateTime known)
    {
        var columns = dataset switch
        {
            "Clients" => "clientid::text, nhi, locality, address",
            "ClientServiceStatus" => "clientservicestatusid::text, clientid::text, servicestatusid::text",
            "ClientRelationshipParticipants" => "participantid::text, relationshipid::text, clientid::text",
            _ => "activityid::text, to_char(modifieddate, 'yyyy-mm-dd hh24:mi:ss'), durationminutes::text, status",
        };
        var rows = await project.Warehouse.RowsAsync($"select {columns} from karo.{dataset.ToLowerInvariant()}_as_of($1, $2)", valid, known);
        return [.. rows.Select(row => string.Join('|', row)).Order(StringComparer.Ordinal)];
    }

    private sealed record Drop(string Folder)
    {
        public DateTime At { get; } = TimeZoneInfo.ConvertTimeToUtc(
            DateTime.ParseExact(Path.GetFileName(Folder)["karo_upload".Length..], "yyyyMMddHHmmss", CultureInfo.InvariantCulture), Auckland);
    }
}
