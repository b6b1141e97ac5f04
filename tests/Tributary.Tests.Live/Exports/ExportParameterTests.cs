using System.Security.Cryptography;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

/// <summary>One delivery for each value of an export's parameters: a plain CSV file with only its rows, under a name made from the values.</summary>
public sealed class ExportParameterTests
{
    private static readonly Export Registry = ExportWorld.Export(Track.Pii, "measure") with
    {
        Name = "registry",
        Format = ExportFormat.Csv,
        File = "in/Quality_{registration_id}.csv",
        Parameters = new Dictionary<string, string> { ["year"] = "[0-9]{4}", ["state"] = "[A-Z]{2}", ["registration_id"] = "[0-9A-Z./-]+" },
        Filter = new Dictionary<string, string> { ["year"] = "year", ["state"] = "state" },
        Csv = new CsvOptions(LineEnd: CsvLineEnd.Lf),
        Replaces = true,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(DestinationConformanceTests.Kinds), MemberType = typeof(DestinationConformanceTests))]
    [Requirement("H31", "H32", "H44", "H45", "H47")]
    public async Task Each_state_has_its_file_and_a_retry_sends_only_what_is_missing(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using var world = await WorldAsync(subject);

        await DeliverAsync(world, "2025", "CO", "17625");
        await DeliverAsync(world, "2025", "TX", "21742");

        Assert.Equal("id,year,state,code\n1,2025,CO,MSK01\n2,2025,CO,MSK06\n", await ReadAsync(world, "in/Quality_17625.csv"));
        Assert.Equal("id,year,state,code\n3,2025,TX,MSK02\n", await ReadAsync(world, "in/Quality_21742.csv"));
        Assert.Equal(SkipReason.Fresh, Assert.IsType<Outcome.Skipped>(await RunAsync(world, "2025", "CO", "17625")).Reason);

        var before = await DeliveriesAsync(world, all: true);
        Assert.Equal([("21742", 1L), ("17625", 2L)], before.Select(delivery => (delivery.Manifest.Parameters!["registration_id"], delivery.Rows)));
        Assert.All(before, delivery => Assert.Equal((delivery.Bytes, true), (delivery.Manifest.Seen!.Bytes, delivery.Manifest.Seen.At >= delivery.DeliveredAt)));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("id,year,state,code\n3,2025,TX,MSK02\n"u8)), before[0].Sha256);

        // New rows of one state: its file is replaced, and the other's is not sent again.
        await world.Warehouse.ExecuteAsync("insert into m.measure values (4, 2025, 'CO', 'MSK03')");
        await world.SucceedAsync("measure");
        await DeliverAsync(world, "2025", "CO", "17625");
        Assert.EndsWith("4,2025,CO,MSK03\n", await ReadAsync(world, "in/Quality_17625.csv"), StringComparison.Ordinal);
        Assert.Equal((2, 3), ((await DeliveriesAsync(world, all: false)).Count, (await DeliveriesAsync(world, all: true)).Count));
        Assert.All(await ExportsVerify.RunAsync(await DeliveriesAsync(world, all: false), new Dictionary<string, Destination> { ["local"] = world.Destination, [world.Destination.Name] = world.Destination }, Cancel), verified => Assert.Null(verified.Wrong));
    }

    [Fact]
    [Requirement("H37", "H39", "H40", "H42")]
    public async Task What_is_unknown_or_empty_never_leaves()
    {
        await using var subject = await DestinationSubject.OfAsync("folder");
        await using var world = await WorldAsync(subject);
        foreach (var (id, why) in new (string?, string)[]
        {
            (null, "has no value"), ("", "has no value"), ("  ", "has no value"), ("UNKNOWN-2025-REGISTRATION-ID", "is UNKNOWN"), ("unknown", "is UNKNOWN"),
            ("17 625", "does not match"), ("../17625", "holds a character"), ("17625\n", "does not match"), (".17625", "holds a character"),
        })
        {
            var refused = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(world, "2025", "CO", id));
            Assert.Equal(ErrorCodes.ParameterMissing, refused.Errors[0].Code);
            Assert.Contains($"for year 2025, state CO was not delivered: its parameter registration_id {why}", refused.Errors[0].Message, StringComparison.Ordinal);
            Assert.DoesNotContain("17", refused.Errors[0].Message, StringComparison.Ordinal); // ids are nobody else's
        }
        Assert.Equal(ErrorCodes.ParameterMissing, (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(world, "25", "CO", "17625"))).Errors[0].Code);
        Assert.False(Directory.Exists(world.Root) && Directory.EnumerateFiles(world.Root).Any());
        Assert.Empty(await DeliveriesAsync(world, all: true));
    }

    [Fact]
    public async Task Without_any_value_it_is_not_meant_and_values_are_no_sql()
    {
        await using var subject = await DestinationSubject.OfAsync("folder");
        await using var world = await WorldAsync(subject);
        world.Vars = new Dictionary<string, object?> { ["other"] = 1 };
        var skipped = Assert.IsType<Outcome.Skipped>(Assert.Single(await world.RunAsync(Registry)));
        Assert.Contains("values of year, state, registration_id", skipped.Because, StringComparison.Ordinal);

        world.Vars = new Dictionary<string, object?> { ["year"] = 2025L, ["state"] = "x' or true --", ["registration_id"] = "1" };
        var open = Registry with { Parameters = new Dictionary<string, string>(Registry.Parameters!) { ["state"] = ".*" } };
        Assert.Equal(0, Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(open))).Counts.Rows);
        Assert.Equal(ErrorCodes.UnknownName, (await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(open with { Name = "other", Filter = new Dictionary<string, string> { ["stat"] = "state" } }))).Errors[0].Code);
        Assert.Equal(ErrorCodes.ExportInvalid, (await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(Registry with { Relations = ["*"] }))).Errors[0].Code);
    }

    private static async Task<ExportWorld> WorldAsync(DestinationSubject subject)
    {
        var world = await ExportWorld.CreateAsync("""
            create table m.measure (id int, year int, state text, code text);
            insert into m.measure values (2, 2025, 'CO', 'MSK06'), (1, 2025, 'CO', 'MSK01'), (3, 2025, 'TX', 'MSK02'), (9, 2024, 'CO', 'MSK01');
            create table m.other (id int)
            """);
        world.Destination = subject.Destination;
        await world.AddAsync("measure", Track.Pii);
        await world.AddAsync("other", Track.Pii);
        return world;
    }

    private static async Task DeliverAsync(ExportWorld world, string year, string state, string id) => Assert.IsType<Outcome.Succeeded>(await RunAsync(world, year, state, id));

    private static async Task<Outcome> RunAsync(ExportWorld world, string year, string state, string? id)
    {
        world.Vars = new Dictionary<string, object?> { ["year"] = year, ["state"] = state, ["registration_id"] = id };
        return Assert.Single(await world.RunAsync(Registry));
    }

    private static async Task<string> ReadAsync(ExportWorld world, string name)
    {
        using var reader = new StreamReader(await world.Destination.OpenReadAsync(name, Cancel));
        return await reader.ReadToEndAsync(Cancel);
    }

    private static async Task<IReadOnlyList<Delivery>> DeliveriesAsync(ExportWorld world, bool all)
    {
        await using var connection = await world.Warehouse.OpenAsync();
        return await Deliveries.ListAsync(connection, new ProjectKey("engage", "dev"), Cancel, all);
    }
}
