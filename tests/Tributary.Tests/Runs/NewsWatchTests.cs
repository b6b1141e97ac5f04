using System.Threading.Channels;
using Tributary.Core.Runs.Serving;

namespace Tributary.Tests.Runs;

public sealed class NewsWatchTests : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<Wake> looks = Channel.CreateUnbounded<Wake>();
    private readonly Channel<bool> results = Channel.CreateUnbounded<bool>();
    private Task? running;

    private NewsWatch Start(TimeSpan poll)
    {
        var watch = new NewsWatch(TimeProvider.System, poll, async (wake, cancel) =>
        {
            await looks.Writer.WriteAsync(wake, cancel);
            return await results.Reader.ReadAsync(cancel);
        });
        running = watch.RunAsync(stop.Token);
        return watch;
    }

    private ValueTask<Wake> LookAsync() => looks.Reader.ReadAsync(stop.Token);

    private void End(bool isWell) => results.Writer.TryWrite(isWell);

    [Fact]
    public async Task The_first_look_is_over_everything_and_calls_meanwhile_become_one_behind_it()
    {
        var watch = Start(TimeSpan.FromDays(1));
        Assert.True((await LookAsync()).IsWhole);
        Assert.Null(watch.Last);
        watch.Call(new Wake("hook a", new HashSet<string> { "a" }));
        watch.Call(new Wake("hook b", new HashSet<string> { "b" }));
        watch.Call(new Wake("hook a", new HashSet<string> { "a" }));
        Assert.False(looks.Reader.TryRead(out _));
        End(isWell: true);
        var next = await LookAsync();
        Assert.Equal("hook a, hook b", next.Cause);
        Assert.True(next.Concerns("a") && next.Concerns("b"));
        Assert.False(next.Concerns("c"));
        Assert.False(next.IsWhole);
        Assert.True(watch.Last!.Value.IsWell);
    }

    [Fact]
    public async Task A_poll_asks_every_source_and_everything_after_a_failure()
    {
        Start(TimeSpan.FromMilliseconds(1));
        await LookAsync();
        End(isWell: true);
        var poll = await LookAsync();
        Assert.False(poll.IsWhole);
        Assert.True(poll.Concerns("any"));
        End(isWell: false);
        Assert.True((await LookAsync()).IsWhole);
    }

    [Fact]
    public void Of_a_call_for_one_source_and_a_call_for_all_comes_a_look_at_all()
    {
        var both = new Wake("hook", new HashSet<string> { "a" }).With(new Wake("poll"));
        Assert.True(both.Concerns("b"));
        Assert.Equal("hook, poll", both.Cause);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null) await running.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }
}
