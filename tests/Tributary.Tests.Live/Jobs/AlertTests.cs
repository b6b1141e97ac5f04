using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Alerts;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Tests.Live.Jobs;

/// <summary>Alerts, against a real HTTP server and a real SMTP conversation on loopback.</summary>
public sealed class AlertTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_fails_is_told_of_once_again_after_a_while_and_when_it_is_well()
    {
        using var hook = new LoopbackHook();
        await using var project = await JobsProject.CreateAsync("alerts: { webhook: \"${JOBS_TEST_ALERTS}\", remind: 1d }");
        project.Further["JOBS_TEST_ALERTS"] = hook.Address;
        project.Write("jobs/nightly.yml", "steps:\n  - run_operation: {macro: note, args: {what: x}}\n");
        var clock = new SetClock("2026-03-08T09:00:00Z");
        var watch = new AlertWatch(project.Warehouse.Database, clock);
        var files = await LoadAsync(project);
        await EndAsync(project, "succeeded");
        Assert.Equal(0, await watch.LookAsync(files, Cancel));

        await EndAsync(project, "failed");
        Assert.Equal(1, await watch.LookAsync(files, Cancel));
        Assert.Equal(0, await watch.LookAsync(files, Cancel));
        await EndAsync(project, "failed");
        Assert.Equal(0, await watch.LookAsync(files, Cancel)); // still the same trouble
        clock.Now = clock.Now.AddDays(1);
        Assert.Equal(1, await watch.LookAsync(files, Cancel));
        await EndAsync(project, "succeeded");
        Assert.Equal(1, await watch.LookAsync(files, Cancel));
        Assert.Equal(0, await watch.LookAsync(files, Cancel));

        Assert.Equal(["open job nightly", "open job nightly", "recovered job nightly"], hook.Taken.Select(body => $"{body.GetProperty("state")} {body.GetProperty("subject")}"));
    }

    [Fact]
    public async Task An_alert_that_is_not_taken_is_sent_again_and_the_address_is_not_shown()
    {
        using var hook = new LoopbackHook { Answer = 500 };
        await using var project = await JobsProject.CreateAsync("alerts: { webhook: \"${JOBS_TEST_ALERTS}\" }");
        project.Further["JOBS_TEST_ALERTS"] = hook.Address;
        project.Write("jobs/nightly.yml", "steps:\n  - run_operation: {macro: note, args: {what: x}}\n");
        var watch = new AlertWatch(project.Warehouse.Database, new SetClock("2026-03-08T09:00:00Z"));
        var files = await LoadAsync(project);
        await EndAsync(project, "failed");

        var refused = await Assert.ThrowsAsync<TransientException>(() => watch.LookAsync(files, Cancel));
        Assert.DoesNotContain(hook.Address, refused.ToString(), StringComparison.Ordinal);
        hook.Answer = 204;
        Assert.Equal(1, await watch.LookAsync(files, Cancel));
        Assert.Equal(0, await watch.LookAsync(files, Cancel));
    }

    [Fact]
    [Requirement("K19")]
    public async Task A_stream_that_brought_nothing_by_its_hour_is_told_of_by_mail_until_it_comes()
    {
        using var server = new LoopbackMail();
        await using var project = await JobsProject.CreateAsync($$"""
            alerts:
              mail: { host: 127.0.0.1, port: {{server.Port}}, tls: false, from: warehouse@example.org, to: [team@example.org] }
              absent:
                - { stream: karo, by: "06:00", zone: Pacific/Auckland }
            """);
        project.Write("sources/karo.yml", "kind: bulk_files\npath: data\nstreams: [Patient]\n");
        var clock = new SetClock("2026-03-08T16:30:00Z"); // 5:30 of the ninth in Auckland
        var watch = new AlertWatch(project.Warehouse.Database, clock);
        var files = await LoadAsync(project);
        await CameAsync(project, "2026-03-07T20:00:00Z");
        Assert.Equal(0, await watch.LookAsync(files, Cancel));

        clock.Now = clock.Now.AddMinutes(30);
        Assert.Equal(1, await watch.LookAsync(files, Cancel));
        await CameAsync(project, "2026-03-08T17:10:00Z");
        clock.Now = clock.Now.AddMinutes(30);
        Assert.Equal(1, await watch.LookAsync(files, Cancel));

        Assert.Equal(2, server.Taken.Count);
        Assert.Contains("nothing came of karo.Patient by 06:00 Pacific/Auckland", server.Taken[0], StringComparison.Ordinal);
        Assert.Contains("well again: stream karo.Patient", server.Taken[1], StringComparison.Ordinal);
    }

    private static Task EndAsync(JobsProject project, string state) =>
        project.Warehouse.ExecuteAsync("insert into tributary.job_run (project, target, job, cause, exclusive, state, finished_at) values ('jobs', 'dev', 'nightly', 'test', 'job nightly', $1, now())", state);

    private static Task CameAsync(JobsProject project, string at) => project.Warehouse.ExecuteAsync(
        "insert into tributary.checkpoint (project, target, stream, updated_at) values ('jobs', 'dev', 'karo.Patient', $1) on conflict (project, target, stream) do update set updated_at = excluded.updated_at", DateTimeOffset.Parse(at).UtcDateTime);

    private static Task<Project> LoadAsync(JobsProject project) => Project.LoadAsync(
        new ProjectRequest(project.Folder.FullName, new EnvironmentVariables(name => project.Environment.GetValueOrDefault(name)), new KindCatalog(typeof(Project).Assembly, typeof(Tributary.Connectors.Folder).Assembly)), Cancel);

    private sealed class SetClock(string now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(now);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>An HTTP server that keeps what it takes.</summary>
    private sealed class LoopbackHook : IDisposable
    {
        private readonly HttpListener listener = new();

        public LoopbackHook()
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/alerts/";
            free.Stop();
            listener.Prefixes.Add(Address);
            listener.Start();
            _ = ListenAsync();
        }

        public string Address { get; }

        public int Answer { get; set; } = 204;

        public List<JsonElement> Taken { get; } = [];

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    var call = await listener.GetContextAsync();
                    using var body = await JsonDocument.ParseAsync(call.Request.InputStream);
                    if (Answer < 300) Taken.Add(body.RootElement.Clone());
                    call.Response.StatusCode = Answer;
                    call.Response.Close();
                }
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        public void Dispose() => listener.Close();
    }

    /// <summary>The server's side of SMTP (RFC 5321), as far as one mail needs it.</summary>
    private sealed class LoopbackMail : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public LoopbackMail()
        {
            listener.Start();
            _ = ListenAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public List<string> Taken { get; } = [];

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await TalkAsync(client.GetStream());
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task TalkAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII);
            await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 loopback");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } text && text != ".") mail.AppendLine(text);
                    Taken.Add(Unfolded(mail.ToString()));
                }
                await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 ok");
            }
        }

        /// <summary>Long header lines are folded, and lines of quoted-printable text end in an equals sign.</summary>
        private static string Unfolded(string mail) => mail.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal);

        public void Dispose() => listener.Stop();
    }
}
