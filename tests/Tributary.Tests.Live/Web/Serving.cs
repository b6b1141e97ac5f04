using System.Net;
using System.Net.Http.Headers;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Web;

/// <summary>A <c>tributary serve</c> that runs, what it printed so far, and calls to it.</summary>
internal sealed class Serving : IDisposable
{
    private readonly TributaryProcess process;
    private readonly HttpClient client = new();

    private Serving(TributaryProcess process) => this.process = process;

    public static Serving Start(EngageProject project) => new(project.Start("serve"));

    /// <summary>Until it listens and the first look is over.</summary>
    public async Task BeginAsync()
    {
        var line = await process.LineAsync(text => text.StartsWith("Listening on ", StringComparison.Ordinal));
        client.BaseAddress = new Uri(line["Listening on ".Length..line.IndexOf(';', StringComparison.Ordinal)]);
        await WaitAsync("Done in");
    }

    /// <summary>Until a new line, on either stream, holds that text.</summary>
    public Task WaitAsync(string text) => process.LineAsync(line => line.Contains(text, StringComparison.Ordinal));

    public async Task<HttpStatusCode> PostAsync(string path, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") };
        request.Headers.Authorization = authorization;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public Task<string> GetAsync(string path) => client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public void Interrupt() => process.Interrupt();

    public Task<ProcessResult> EndAsync() => process.EndAsync();

    public void Dispose()
    {
        client.Dispose();
        process.Dispose();
    }
}
