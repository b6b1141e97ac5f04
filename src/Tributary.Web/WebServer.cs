using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Serving;
using Tributary.Core.Text;

namespace Tributary.Web;

/// <summary>
/// What <c>tributary serve</c> answers: <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c> and <c>POST /hooks/NAME</c>. No
/// answer holds a value from the data.
/// </summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>Nobody needs to send more: what a call says is only that something is new.</summary>
    private const long LargestBody = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly WebApplication pages;
    private readonly Database database;
    private readonly ProjectKey key;
    private readonly NewsWatch watch;
    private readonly Func<string, CancellationToken, Task<int>> callJobs;

    private WebServer(WebApplication pages, Database database, ProjectKey key, NewsWatch watch, Func<string, CancellationToken, Task<int>> callJobs)
    {
        this.pages = pages;
        this.database = database;
        this.key = key;
        this.watch = watch;
        this.callJobs = callJobs;
    }

    /// <summary>Where it listens, with the port that the system chose when 0 was asked for.</summary>
    public string Address => pages.Urls.First();

    /// <summary><paramref name="callJobs"/> makes the jobs of a hook due and says how many. Listens; throws <see cref="UserErrorException"/> (TRB0601) when the address cannot be had.</summary>
    public static async Task<WebServer> StartAsync(ServeConfig config, Database database, ProjectKey key, NewsWatch watch, Func<string, CancellationToken, Task<int>> callJobs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(config);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = LargestBody;
            server.Listen(config.EndPoint);
        });
        var server = new WebServer(builder.Build(), database, key, watch, callJobs);
        server.pages.Run(call => server.AnswerAsync(call, config));
        try
        {
            await server.pages.StartAsync(cancel);
            return server;
        }
        catch (IOException taken)
        {
            await server.DisposeAsync();
            throw new UserErrorException(ErrorCodes.InvalidValue, config.At, $"{config.Listen} cannot be listened on: {taken.Message}", "Name another address under serve.listen, or end what holds it.");
        }
    }

    private Task AnswerAsync(HttpContext call, ServeConfig config)
    {
        var path = call.Request.Path.Value ?? "/";
        return (call.Request.Method, path) switch
        {
            ("GET" or "HEAD", "/health/live") => SayAsync(call, 200, "live"),
            ("GET" or "HEAD", "/health/ready") => ReadyAsync(call),
            ("GET" or "HEAD", "/metrics") => MetricsAsync(call),
            ("POST", _) when path.StartsWith("/hooks/", StringComparison.Ordinal) => HookAsync(call, path["/hooks/".Length..], config),
            _ => SayAsync(call, 404, "There is /health/live, /health/ready, /metrics and POST /hooks/NAME."),
        };
    }

    private async Task ReadyAsync(HttpContext call)
    {
        if (await ReadMeasuresAsync(call.RequestAborted) is null) await SayAsync(call, 503, "The warehouse does not answer.");
        else if (watch.Last is null) await SayAsync(call, 503, "The first look for news is not over.");
        else await SayAsync(call, 200, "ready");
    }

    private async Task MetricsAsync(HttpContext call)
    {
        var measures = await ReadMeasuresAsync(call.RequestAborted);
        List<Measure> all = [new("up", null, null, measures is null ? 0 : 1), .. measures ?? []];
        if (watch.Last is { } last)
        {
            all.Add(new("last_look_timestamp_seconds", null, null, last.At.ToUnixTimeMilliseconds() / 1000.0));
            all.Add(new("last_look_well", null, null, last.IsWell ? 1 : 0));
        }
        call.Response.ContentType = PrometheusText.ContentType;
        await call.Response.WriteAsync(PrometheusText.Write(all, key.Project, key.Target), call.RequestAborted);
    }

    /// <summary>An unknown name and a wrong secret get the same answer.</summary>
    private async Task HookAsync(HttpContext call, string name, ServeConfig config)
    {
        if (config.Hooks?.GetValueOrDefault(name) is not { } hook || !HookGate.Opens(call.Request, hook.Secret))
        {
            call.Response.Headers.WWWAuthenticate = "Bearer, Basic realm=\"hooks\"";
            await SayAsync(call, 401, "Unknown hook or wrong secret.");
            return;
        }
        int jobs;
        try
        {
            jobs = await callJobs(name, call.RequestAborted);
        }
        catch (Exception away) when (away is TransientException or System.Data.Common.DbException)
        {
            await SayAsync(call, 503, "The warehouse does not answer; call again.");
            return;
        }
        if (jobs == 0 || hook.Sources is not null) watch.Call(new Wake($"hook {name}", hook.Sources is null ? null : new HashSet<string>(hook.Sources, StringComparer.Ordinal)));
        await SayAsync(call, 202, jobs == 0 ? "A look for news was asked for." : $"{jobs} due.");
    }

    /// <summary>Null when the warehouse does not answer in time.</summary>
    private async Task<IReadOnlyList<Measure>?> ReadMeasuresAsync(CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Patience);
        try
        {
            return await Measure.ReadAsync(database, key, late.Token);
        }
        catch (Exception gone) when (gone is TransientException or System.Data.Common.DbException || (gone is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private static Task SayAsync(HttpContext call, int status, string text)
    {
        call.Response.StatusCode = status;
        call.Response.ContentType = "text/plain; charset=utf-8";
        return call.Response.WriteAsync(text + "\n", call.RequestAborted);
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();
}
