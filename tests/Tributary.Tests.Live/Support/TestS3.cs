using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Tributary.Connectors;
using Tributary.Connectors.Buckets;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

[assembly: AssemblyFixture(typeof(TestS3))]

namespace Tributary.Tests.Live.Support;

/// <summary>
/// The one S3 server of this test process: a real radosgw on loopback, started by the first test that asks (some 6 s) and ended with this
/// process, however it ends. Buckets are made new for each test, so that tests never meet.
/// </summary>
public sealed class TestS3 : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly SourcePosition At = new("destinations/test.yml", 1);
    private static Running? running;
    private static int count;

    private sealed record Running(Process Keeper, Uri Address, string Configuration, S3Keys Owner);

    /// <summary>The owner's connection: may do everything with the buckets that it made.</summary>
    internal static async Task<S3Connection> OwnerAsync() => Connect((await StartAsync()).Owner);

    /// <summary>The same server with other keys.</summary>
    internal static S3Connection Connect(S3Keys keys) => new(
        At, Endpoint: running!.Address.ToString().TrimEnd('/'), AccessKey: new Secret(keys.Access), SecretKey: new Secret(keys.Secret)); // whoever has keys has started it

    /// <summary>A new bucket of the owner's.</summary>
    internal static async Task<Bucket> CreateBucketAsync(string name = "bucket")
    {
        var bucket = new Bucket(await OwnerAsync(), Unique(name));
        await bucket.CallAsync("make a bucket", client => client.PutBucketAsync(new PutBucketRequest { BucketName = bucket.Name }), TestContext.Current.CancellationToken);
        return bucket;
    }

    /// <summary>A new user without any right at the owner's buckets; a bucket policy names it as <c>arn:aws:iam:::user/NAME</c>.</summary>
    internal static async Task<S3Keys> CreateUserAsync(string name = "user")
    {
        var server = await StartAsync();
        var user = S3Keys.New(Unique(name));
        await RunAsync("radosgw-admin", server.Owner, "-c", server.Configuration, "user", "create", $"--uid={user.User}", $"--display-name={user.User}", $"--access-key={user.Access}", $"--secret-key={user.Secret}");
        return user;
    }

    /// <summary>A destination of every track in the bucket, below a prefix, with the smallest parts; what was left behind is removed at once.</summary>
    internal static S3 DestinationOf(Bucket bucket) => new(
        At, bucket.Name, bucket.Name, [Track.Pii, Track.Anon, Track.Metrics], bucket.Connection, Prefix: "below",
        PartSize: new ByteSize(5 * 1024 * 1024), AbandonedAfter: TimeSpan.Zero);

    /// <summary>
    /// Makes the buckets, users and policies of an example's folder, as <c>./demo --s3</c> does; returns what the project finds in its
    /// environment. With further words: <c>allow USER POLICY</c>, <c>deny USER POLICY</c>.
    /// </summary>
    internal static async Task<Dictionary<string, string>> ApplyPoliciesAsync(string folder, string prefix, params string[] words)
    {
        var server = await StartAsync();
        var output = await RunAsync(Path.Combine(Repository.Root, "tools", "s3-buckets"), server.Owner,
            [folder, prefix, server.Address.ToString().TrimEnd('/'), server.Configuration, .. words]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not { } server) return;
        running = null;
        server.Keeper.StandardInput.Close();
        await server.Keeper.WaitForExitAsync();
        server.Keeper.Dispose();
    }

    private static string Unique(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}-{Interlocked.Increment(ref count)}");

    private static async Task<Running> StartAsync()
    {
        await Gate.WaitAsync();
        try
        {
            // A port was free a moment ago; another test process may have taken it since.
            for (var attempt = 1; running is null; attempt++) running = await TryStartAsync(last: attempt == 5);
            return running;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<Running?> TryStartAsync(bool last)
    {
        var owner = S3Keys.New("owner");
        var port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tools", "s3-server"), [$"{port}", $"{FreePort()}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["S3_ACCESS_KEY"] = owner.Access, ["S3_SECRET_KEY"] = owner.Secret },
        };
        var keeper = Process.Start(start) ?? throw new InvalidOperationException("tools/s3-server did not start.");
        var errors = keeper.StandardError.ReadToEndAsync();
        if (await keeper.StandardOutput.ReadLineAsync() is { } ready)
            return new Running(keeper, new Uri($"http://127.0.0.1:{port}"), ready["ready ".Length..], owner);
        if (last) throw new InvalidOperationException($"No S3 server in five attempts (./setup tests brings it): {await errors}");
        keeper.Dispose();
        return null;
    }

    private static async Task<string> RunAsync(string program, S3Keys owner, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["S3_ACCESS_KEY"] = owner.Access, ["S3_SECRET_KEY"] = owner.Secret },
        };
        using var process = Process.Start(start)!; // ./setup tests brings the programs
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {await errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A user of the test server with its keys.</summary>
internal sealed record S3Keys(string User, string Access, string Secret)
{
    public static S3Keys New(string user) => new(user, Convert.ToHexString(RandomNumberGenerator.GetBytes(10)), Convert.ToHexString(RandomNumberGenerator.GetBytes(20)));
}
