using System.Security.Cryptography;
using System.Text;
using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text.Binding;

namespace Tributary.Tests.Live.Exports;

/// <summary>What the seam <see cref="FileDestination"/> promises, for every kind in the catalogue.</summary>
public sealed class DestinationConformanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. new KindCatalog(typeof(Folder).Assembly).Below(typeof(FileDestination)).Keys];

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("X4", "E45")]
    public async Task Nothing_shows_before_it_is_published_whole(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using (var pending = await subject.Destination.BeginAsync("2025/01/a.zip", Cancel))
        {
            await pending.Content.WriteAsync("half"u8.ToArray(), Cancel);
            await pending.Content.FlushAsync(Cancel);
            Assert.Empty(await NamesAsync(subject));
            Assert.Null(await subject.Destination.FindAsync("2025/01/a.zip", Cancel));
            Assert.True(await pending.PublishAsync(Cancel));
        }
        Assert.Equal(["2025/01/a.zip"], await NamesAsync(subject));
        Assert.Equal("half", await ReadAsync(subject, "2025/01/a.zip"));
        Assert.Equal(4, (await subject.Destination.FindAsync("2025/01/a.zip", Cancel))!.Bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_taken_name_is_never_overwritten(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await PublishAsync(subject, "a.zip", "one");
        await using var second = await subject.Destination.BeginAsync("a.zip", Cancel);
        await second.Content.WriteAsync("two"u8.ToArray(), Cancel);
        Assert.False(await second.PublishAsync(Cancel));
        await using var longer = await subject.Destination.BeginAsync("a.zip", Cancel);
        await longer.Content.WriteAsync(new byte[6_000_000], Cancel);
        Assert.False(await longer.PublishAsync(Cancel));
        Assert.Equal("one", await ReadAsync(subject, "a.zip"));
        Assert.Equal(["a.zip"], await NamesAsync(subject));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_given_up_leaves_nothing(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await using (var pending = await subject.Destination.BeginAsync("a.zip", Cancel)) await pending.Content.WriteAsync("half"u8.ToArray(), Cancel);
        await using (var longer = await subject.Destination.BeginAsync("b.zip", Cancel)) await longer.Content.WriteAsync(new byte[6_000_000], Cancel);
        await subject.Destination.CleanAsync(Cancel);
        Assert.Empty(await NamesAsync(subject));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cleaning_leaves_alone_what_is_published_or_being_written(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await PublishAsync(subject, "a.zip", "one");
        var content = Noise(17_000_000);
        await using var pending = await subject.Destination.BeginAsync("b.zip", Cancel);
        await pending.Content.WriteAsync(content.AsMemory(0, 11_000_000), Cancel);
        await subject.Destination.CleanAsync(Cancel);
        Assert.Equal(["a.zip"], await NamesAsync(subject));
        await pending.Content.WriteAsync(content.AsMemory(11_000_000), Cancel);
        Assert.True(await pending.PublishAsync(Cancel));
        Assert.Equal(["a.zip", "b.zip"], await NamesAsync(subject));
        await using var stored = await subject.Destination.OpenReadAsync("b.zip", Cancel);
        Assert.Equal(SHA256.HashData(content), await SHA256.HashDataAsync(stored, Cancel));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_many_writers_of_one_name_exactly_one_wins(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        var wins = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await using var pending = await subject.Destination.BeginAsync("a.zip", Cancel);
            await pending.Content.WriteAsync(Encoding.UTF8.GetBytes($"writer {i:D2}"), Cancel);
            return await pending.PublishAsync(Cancel);
        })));
        Assert.Single(wins, won => won);
        Assert.Equal($"writer {Array.IndexOf(wins, true):D2}", await ReadAsync(subject, "a.zip"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_file_that_is_not_there_is_said_to_be_missing(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        Assert.Empty(await NamesAsync(subject));
        Assert.Null(await subject.Destination.FindAsync("a.zip", Cancel));
        await PublishAsync(subject, "b.zip", "one");
        await Assert.ThrowsAsync<FileNotFoundException>(() => subject.Destination.OpenReadAsync("a.zip", Cancel));
    }

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("E46")]
    public async Task A_pointer_is_replaced_and_files_can_be_removed(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await PublishAsync(subject, "2025/a.zip", "one");
        await subject.Destination.ReplaceAsync("latest/pii.json", "old"u8.ToArray(), Cancel);
        await subject.Destination.ReplaceAsync("latest/pii.json", "newer"u8.ToArray(), Cancel);
        Assert.Equal("newer", await ReadAsync(subject, "latest/pii.json"));
        Assert.Equal(["2025/a.zip", "latest/pii.json"], await NamesAsync(subject));
        await subject.Destination.RemoveAsync("2025/a.zip", Cancel);
        await subject.Destination.RemoveAsync("2025/a.zip", Cancel);
        Assert.Equal(["latest/pii.json"], await NamesAsync(subject));
    }

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("H32")]
    public async Task A_long_file_takes_the_place_of_an_older_one_in_one_step(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        await PublishAsync(subject, "a.csv", "one");
        var content = Noise(17_000_000);
        await using (var pending = await subject.Destination.BeginAsync("a.csv", Cancel))
        {
            await pending.Content.WriteAsync(content, Cancel);
            Assert.Equal("one", await ReadAsync(subject, "a.csv"));
            await pending.ReplaceAsync(Cancel);
        }
        await using var stored = await subject.Destination.OpenReadAsync("a.csv", Cancel);
        Assert.Equal(SHA256.HashData(content), await SHA256.HashDataAsync(stored, Cancel));
        Assert.Equal(["a.csv"], await NamesAsync(subject));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task No_name_leads_outside(string kind)
    {
        await using var subject = await DestinationSubject.OfAsync(kind);
        foreach (var name in new[] { "../a.zip", "/outside/a.zip", "x/../../a.zip", ".partial/a.zip", "x//a.zip", "" })
        {
            await Assert.ThrowsAsync<IOException>(() => subject.Destination.BeginAsync(name, Cancel));
            await Assert.ThrowsAsync<IOException>(() => subject.Destination.OpenReadAsync(name, Cancel));
            await Assert.ThrowsAsync<IOException>(() => subject.Destination.RemoveAsync(name, Cancel));
        }
    }

    private static byte[] Noise(int count)
    {
        var content = new byte[count];
        new Random(11).NextBytes(content);
        return content;
    }

    private static async Task PublishAsync(DestinationSubject subject, string name, string text)
    {
        await using var pending = await subject.Destination.BeginAsync(name, Cancel);
        await pending.Content.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);
        Assert.True(await pending.PublishAsync(Cancel));
    }

    private static async Task<string> ReadAsync(DestinationSubject subject, string name)
    {
        await using var content = await subject.Destination.OpenReadAsync(name, Cancel);
        Assert.True(content.CanSeek);
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static async Task<List<string>> NamesAsync(DestinationSubject subject)
    {
        var names = new List<string>();
        await foreach (var file in subject.Destination.ListAsync(Cancel)) names.Add(file.Name);
        return names;
    }
}
