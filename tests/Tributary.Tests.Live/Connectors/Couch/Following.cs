using System.Threading.Channels;
using Tributary.Core.Graph;
using Tributary.Core.Runs;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>A follower of one database inside the test, which is told of every commit.</summary>
internal sealed class Following : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<string> news = Channel.CreateUnbounded<string>();
    private readonly CouchHost host;
    private Task<StepReport> running = null!; // set by Start, the only way to one

    private Following(CouchHost host) => this.host = host;

    public static async Task<Following> StartAsync(CouchHost host, string database = "medic")
    {
        var following = new Following(host);
        var context = await host.ContextAsync() with { Progress = new Teller<NodeProgress>(progress => following.news.Writer.TryWrite(progress.Note ?? "")) };
        var watcher = new Teller<RunEvent>(happened => following.news.Writer.TryWrite(happened is RunEvent.Retrying again ? $"again: {again.Because}" : happened.GetType().Name));
        following.running = Task.Run(() => new StreamFollower(context, watcher, TimeSpan.FromMilliseconds(100)).RunAsync(host.Node(database), following.stop.Token));
        return following;
    }

    /// <summary>Waits for commits, and whatever else is told, until the query gives these lines.</summary>
    public async Task UntilAsync(string sql, params string[] lines)
    {
        while (!await IsAsync(sql, lines)) await HearAsync();
    }

    private async Task<bool> IsAsync(string sql, string[] lines)
    {
        try
        {
            var found = await host.Warehouse.LinesAsync(sql);
            return found.AsSpan().SequenceEqual(lines);
        }
        catch (Npgsql.PostgresException error) when (error.SqlState == Npgsql.PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }

    /// <summary>Waits until something is told that begins so.</summary>
    public async Task<string> HearAsync(string beginning = "")
    {
        while (true)
        {
            var heard = await news.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (heard.StartsWith(beginning, StringComparison.Ordinal)) return heard;
        }
    }

    public async Task<StepReport> StopAsync()
    {
        await stop.CancelAsync();
        return await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private sealed class Teller<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
