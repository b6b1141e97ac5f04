using Tributary.Core.Exports;
using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Exports;

public sealed class ExportsVerifyTests
{
    [Fact]
    [Requirement("E44", "E45")]
    public async Task Delivered_files_are_listed_once_and_verified_against_the_ledger()
    {
        await using var world = await ExportWorld.CreateAsync("create table m.patient (id text); insert into m.patient values ('a');");
        await world.AddAsync("patient", Track.Pii);
        await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"));
        await world.SucceedAsync("patient");
        await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"));
        Assert.Equal((ExportWorld.NameOf(Track.Pii), null), await VerifyAsync(world));

        var path = Path.Combine(world.Root, ExportWorld.NameOf(Track.Pii));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Assert.Contains("SHA-256", (await VerifyAsync(world)).Wrong, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(path, bytes[..^5]);
        Assert.Contains("bytes", (await VerifyAsync(world)).Wrong, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("gone", (await VerifyAsync(world)).Wrong, StringComparison.Ordinal);
    }

    private static async Task<(string Name, string? Wrong)> VerifyAsync(ExportWorld world)
    {
        await using var connection = await world.Warehouse.OpenAsync();
        var deliveries = await Deliveries.ListAsync(connection, new ProjectKey("engage", "dev"), CancellationToken.None);
        var destinations = new Dictionary<string, Destination> { ["local"] = world.Destination };
        var file = Assert.Single(await ExportsVerify.RunAsync(deliveries, destinations, CancellationToken.None));
        return (file.Delivery.Name, file.Wrong);
    }
}
