using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Exports;

/// <summary>What becomes of files after they were delivered: pointers, retention, downloads; at every kind of destination.</summary>
[Requirement("E44", "E46")]
public sealed class DeliveredFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Export Kept(string keep) => ExportWorld.Export(Track.Pii, "patient") with { Keep = keep, Latest = true };

    [Theory, MemberData(nameof(DestinationConformanceTests.Kinds), MemberType = typeof(DestinationConformanceTests))]
    public async Task The_newest_files_stay_and_the_pointer_names_the_last(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using var world = await WorldAsync(subject);
        for (var day = 0; day < 4; day++) await RunAsync(world, day, Kept("2 newest"));
        Assert.Equal([NameOf(2), NameOf(3), "latest/pii.json"], await NamesAsync(world));
        var pointer = (await LatestPointer.ReadAsync(world.Destination, "pii", Cancel))!;
        Assert.Equal((NameOf(3), ExportWorld.AsOf.AddDays(3), 1L), (pointer.Name, pointer.AsOf, pointer.Rows));
        Assert.Equal(pointer.Sha256, (await DeliveriesAsync(world))[0].Sha256);
        Assert.Equal([NameOf(3), NameOf(2)], (await DeliveriesAsync(world)).Select(delivery => delivery.Name));
    }

    [Theory, MemberData(nameof(DestinationConformanceTests.Kinds), MemberType = typeof(DestinationConformanceTests))]
    public async Task Files_go_with_their_days_and_only_those_that_the_ledger_knows(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using var world = await WorldAsync(subject);
        await PublishAsync(world.Destination, "2020/01/01/somebody_elses.zip");
        await RunAsync(world, 0, Kept("30 days"));
        await RunAsync(world, 20, Kept("30 days"));
        await RunAsync(world, 40, Kept("30 days"));
        Assert.Equal([NameOf(40), NameOf(20)], (await DeliveriesAsync(world)).Select(delivery => delivery.Name));
        Assert.Equal(new[] { "2020/01/01/somebody_elses.zip", "latest/pii.json", NameOf(20), NameOf(40) }.Order(StringComparer.Ordinal), await NamesAsync(world));
    }

    [Theory, MemberData(nameof(DestinationConformanceTests.Kinds), MemberType = typeof(DestinationConformanceTests))]
    public async Task A_file_that_others_changed_stays_and_is_named_and_one_that_is_gone_is_closed(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using var world = await WorldAsync(subject);
        for (var day = 0; day < 3; day++) await RunAsync(world, day, Kept("9 newest"));
        await world.Destination.ReplaceAsync(NameOf(0), "of others"u8.ToArray(), Cancel);
        await world.Destination.RemoveAsync(NameOf(1), Cancel);
        var warned = Assert.IsType<Outcome.Warned>(await RunAsync(world, 3, Kept("1 newest")));
        Assert.Equal(ErrorCodes.OldFileStays, warned.Warning.Code);
        Assert.Contains(NameOf(0), warned.Warning.Message, StringComparison.Ordinal);
        Assert.Equal([NameOf(3), NameOf(0)], (await DeliveriesAsync(world)).Select(delivery => delivery.Name));
        Assert.NotNull(await world.Destination.FindAsync(NameOf(0), Cancel));
    }

    [Fact]
    public async Task An_export_of_the_past_does_not_become_the_latest()
    {
        await using var subject = await DestinationSubject.OfAsync("folder");
        await using var world = await WorldAsync(subject);
        await RunAsync(world, 5, Kept("9 newest"));
        await RunAsync(world, 2, Kept("9 newest"));
        Assert.Equal(NameOf(5), (await LatestPointer.ReadAsync(world.Destination, "pii", Cancel))!.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"export":"pii","name":"../../etc/passwd","sha256":"00"}""")]
    [InlineData("""{"export":"pii","name":null,"sha256":null}""")]
    public async Task A_pointer_of_another_form_points_nowhere(string text)
    {
        await using var subject = await DestinationSubject.OfAsync("folder");
        await subject.Destination.ReplaceAsync("latest/pii.json", System.Text.Encoding.UTF8.GetBytes(text), Cancel);
        Assert.Null(await LatestPointer.ReadAsync(subject.Destination, "pii", Cancel));
        Assert.Empty(await LatestPointer.ListAsync(subject.Destination, Cancel));
    }

    [Theory, MemberData(nameof(DestinationConformanceTests.Kinds), MemberType = typeof(DestinationConformanceTests))]
    public async Task A_download_is_what_was_delivered_or_nothing(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using var place = await DestinationSubject.OfAsync("folder");
        await using var world = await WorldAsync(subject);
        await RunAsync(world, 0, Kept("9 newest"));
        var delivery = Assert.Single(await DeliveriesAsync(world));
        var wanted = new WantedFile(delivery.Name, world.Destination, delivery.Sha256);
        var file = delivery.Name.Split('/')[^1];
        Assert.Null(await Download.RunAsync(wanted, place.Destination, Cancel));
        Assert.Equal(delivery.Sha256, await HashAsync(place.Destination, file));
        Assert.Null(await Download.RunAsync(wanted, place.Destination, Cancel)); // again: the same stands
        Assert.Null(await Download.RunAsync(wanted with { Sha256 = null }, place.Destination, Cancel)); // by the manifest inside

        await place.Destination.ReplaceAsync(file, "mine"u8.ToArray(), Cancel);
        Assert.Contains("there already", await Download.RunAsync(wanted, place.Destination, Cancel), StringComparison.Ordinal);
        await place.Destination.RemoveAsync(file, Cancel);
        await world.Destination.ReplaceAsync(delivery.Name, "of others"u8.ToArray(), Cancel);
        Assert.Contains("SHA-256 differs", await Download.RunAsync(wanted, place.Destination, Cancel), StringComparison.Ordinal);
        Assert.Contains("no export", await Download.RunAsync(wanted with { Sha256 = null }, place.Destination, Cancel), StringComparison.Ordinal);
        Assert.Contains("no such file", await Download.RunAsync(wanted with { Name = "b.zip" }, place.Destination, Cancel), StringComparison.Ordinal);
        Assert.Null(await place.Destination.FindAsync(file, Cancel));
    }

    private static string NameOf(int day) => $"{ExportWorld.AsOf.AddDays(day):yyyy/MM/dd}/engage_analytics_export_pii_{ExportWorld.AsOf.AddDays(day):yyyyMMdd_HHmmss}.zip";

    private static async Task<ExportWorld> WorldAsync(DestinationSubject subject)
    {
        var world = await ExportWorld.CreateAsync("create table m.patient as select 1 as id;");
        world.Destination = subject.Destination with { Name = "local" };
        await world.AddAsync("patient", Track.Pii);
        return world;
    }

    /// <summary>A run some days after the first, by its instant and by its clock.</summary>
    private static async Task<Outcome> RunAsync(ExportWorld world, int day, Export export) =>
        Assert.Single(await world.RunAsync(world.Context() with { AsOf = ExportWorld.AsOf.AddDays(day), Clock = new Days(day) }, export));

    private static async Task<IReadOnlyList<Delivery>> DeliveriesAsync(ExportWorld world)
    {
        await using var connection = await world.Warehouse.OpenAsync();
        return await Deliveries.ListAsync(connection, world.Context().Key, Cancel);
    }

    private static async Task<List<string>> NamesAsync(ExportWorld world)
    {
        var names = new List<string>();
        await foreach (var file in world.Destination.ListAsync(Cancel)) names.Add(file.Name);
        return names;
    }

    private static async Task PublishAsync(FileDestination destination, string name)
    {
        await using var pending = await destination.BeginAsync(name, Cancel);
        await pending.Content.WriteAsync("x"u8.ToArray(), Cancel);
        Assert.True(await pending.PublishAsync(Cancel));
    }

    private static async Task<string> HashAsync(FileDestination destination, string name)
    {
        await using var content = await destination.OpenReadAsync(name, Cancel);
        return Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content, Cancel));
    }

    /// <summary>A clock some days after the first run.</summary>
    private sealed class Days(int count) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => ExportWorld.AsOf.AddDays(count);
    }
}
