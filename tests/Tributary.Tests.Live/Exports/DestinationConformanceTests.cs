using System.Text;
using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text.Binding;

namespace Tributary.Tests.Live.Exports;

/// <summary>What the seam <see cref="Destination"/> promises, for every kind in the catalogue.</summary>
public sealed class DestinationConformanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. new KindCatalog(typeof(Folder).Assembly).Below(typeof(Destination)).Keys];

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("X4", "E45")]
    public async Task Nothing_shows_before_it_is_published_whole(string kind)
    {
        using var subject = DestinationSubject.Of(kind);
        await using (var pending = await subject.Destination.BeginAsync(Cancel))
        {
            await pending.Content.WriteAsync("half"u8.ToArray(), Cancel);
            await pending.Content.FlushAsync(Cancel);
            Assert.Empty(await NamesAsync(subject));
            Assert.Null(await subject.Destination.FindAsync("2025/01/a.zip", Cancel));
            Assert.True(await pending.PublishAsync("2025/01/a.zip", Cancel));
        }
        Assert.Equal(["2025/01/a.zip"], await NamesAsync(subject));
        Assert.Equal("half", await ReadAsync(subject, "2025/01/a.zip"));
        Assert.Equal(4, (await subject.Destination.FindAsync("2025/01/a.zip", Cancel))!.Bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_taken_name_is_never_overwritten(string kind)
    {
        using var subject = DestinationSubject.Of(kind);
        await PublishAsync(subject, "a.zip", "one");
        await using var second = await subject.Destination.BeginAsync(Cancel);
        await second.Content.WriteAsync("two"u8.ToArray(), Cancel);
        Assert.False(await second.PublishAsync("a.zip", Cancel));
        Assert.True(await second.PublishAsync("a_2.zip", Cancel));
        Assert.Equal("one", await ReadAsync(subject, "a.zip"));
        Assert.Equal("two", await ReadAsync(subject, "a_2.zip"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_given_up_leaves_nothing(string kind)
    {
        using var subject = DestinationSubject.Of(kind);
        await using (var pending = await subject.Destination.BeginAsync(Cancel)) await pending.Content.WriteAsync("half"u8.ToArray(), Cancel);
        await subject.Destination.CleanAsync(Cancel);
        Assert.Empty(await NamesAsync(subject));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cleaning_leaves_alone_what_is_published_or_being_written(string kind)
    {
        using var subject = DestinationSubject.Of(kind);
        await PublishAsync(subject, "a.zip", "one");
        await using var pending = await subject.Destination.BeginAsync(Cancel);
        await pending.Content.WriteAsync("two"u8.ToArray(), Cancel);
        await subject.Destination.CleanAsync(Cancel);
        Assert.True(await pending.PublishAsync("b.zip", Cancel));
        Assert.Equal(["a.zip", "b.zip"], await NamesAsync(subject));
        Assert.Equal("two", await ReadAsync(subject, "b.zip"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_many_writers_of_one_name_exactly_one_wins(string kind)
    {
        using var subject = DestinationSubject.Of(kind);
        var wins = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await using var pending = await subject.Destination.BeginAsync(Cancel);
            await pending.Content.WriteAsync(Encoding.UTF8.GetBytes($"writer {i:D2}"), Cancel);
            return await pending.PublishAsync("a.zip", Cancel);
        })));
        Assert.Single(wins, won => won);
        Assert.Equal($"writer {Array.IndexOf(wins, true):D2}", await ReadAsync(subject, "a.zip"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_file_that_is_not_there_is_said_to_be_missing(string kind)
    {
        using var subject = DestinationSubject.Of(kind);
        Assert.Empty(await NamesAsync(subject));
        Assert.Null(await subject.Destination.FindAsync("a.zip", Cancel));
        await PublishAsync(subject, "b.zip", "one");
        await Assert.ThrowsAsync<FileNotFoundException>(() => subject.Destination.OpenReadAsync("a.zip", Cancel));
    }

    private static async Task PublishAsync(DestinationSubject subject, string name, string text)
    {
        await using var pending = await subject.Destination.BeginAsync(Cancel);
        await pending.Content.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel);
        Assert.True(await pending.PublishAsync(name, Cancel));
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
