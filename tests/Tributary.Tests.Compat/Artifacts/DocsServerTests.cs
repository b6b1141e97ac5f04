using System.Net;
using System.Net.Sockets;
using System.Text;
using Tributary.Core.Models.Docs;
using Tributary.Core.Text;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Artifacts;

/// <summary><c>docs serve</c>: the pages, and nothing beside them.</summary>
public sealed class DocsServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_and_their_data_are_served_until_it_is_interrupted()
    {
        await using var project = await DbtProject.CreateAsync();
        Assert.Contains("docs generate", (await project.RunAsync("docs", "serve")).Expect(2).Err, StringComparison.Ordinal);
        project.Write("models/a.sql", "select 1 as id");
        (await project.RunAsync("docs", "generate")).Ok();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var server = Start(project.PathOf("target"));
        var serving = server.RunAsync(stop.Token);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        using var page = await client.GetAsync("", Cancel);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(project.Read("target/index.html"), await page.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("model.shop.a", await client.GetStringAsync("docs_data.js", Cancel), StringComparison.Ordinal);
        Assert.Contains("select 1 as id", await client.GetStringAsync("compiled/shop/models/a.sql", Cancel), StringComparison.Ordinal);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "manifest.json"), Cancel);
        Assert.Equal("application/json", head.Content.Headers.ContentType?.MediaType);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Theory]
    [InlineData("GET /../profiles.yml")]
    [InlineData("GET /%2e%2e/profiles.yml")]
    [InlineData("GET /..%2fprofiles.yml")]
    [InlineData("GET //etc/passwd")]
    [InlineData("GET /%2fetc/passwd")]
    [InlineData("GET /compiled")]
    [InlineData("GET /%00")]
    [InlineData("GET /nothing.html")]
    [InlineData("POST /index.html")]
    [InlineData("DELETE /index.html")]
    public async Task Nothing_else_is_given_away_or_changed(string request)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("target/index.html", "the page");
        project.Write("target/compiled/a.sql", "select 1");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var server = Start(project.PathOf("target"));
        var serving = server.RunAsync(stop.Token);
        var answer = await AskAsync(new Uri(server.Address).Port, request);
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.DoesNotContain("password", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.Equal("the page", project.Read("target/index.html"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var server = Start(Path.GetTempPath());
        var port = new Uri(server.Address).Port;
        var refused = Assert.Throws<UserErrorException>(() => DocsServer.Start(Path.GetTempPath(), "127.0.0.1", port));
        Assert.Equal(ErrorCodes.PortTaken, refused.Errors[0].Code);
        Assert.Contains($"{port}", refused.Errors[0].Message, StringComparison.Ordinal);
    }

    /// <summary>On a port that was free a moment ago; another test may have taken it since.</summary>
    private static DocsServer Start(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            try
            {
                return DocsServer.Start(folder, "127.0.0.1", port);
            }
            catch (UserErrorException) when (attempt < 5)
            {
                // See above.
            }
        }
    }

    /// <summary>What a client sends that does not tidy the address up.</summary>
    private static async Task<string> AskAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
