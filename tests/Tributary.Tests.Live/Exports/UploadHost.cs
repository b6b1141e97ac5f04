using System.Diagnostics;
using Tributary.Connectors.Buckets;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>Sends a long file in a process of its own, so that its memory can be measured: arguments are endpoint, bucket, keys and megabytes. Prints the most memory it ever had.</summary>
internal static class UploadHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        var connection = new S3Connection(new SourcePosition("host", 1), Endpoint: args[0], AccessKey: new Secret(args[2]), SecretKey: new Secret(args[3]));
        var destination = TestS3.DestinationOf(new Bucket(connection, args[1])) with { PartSize = new ByteSize(16 * 1024 * 1024) }; // the product's default
        var piece = new byte[1_000_000];
        new Random(3).NextBytes(piece);
        await using var pending = await destination.BeginAsync("long.zip", CancellationToken.None);
        for (var megabyte = 0; megabyte < int.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture); megabyte++) await pending.Content.WriteAsync(piece);
        if (!await pending.PublishAsync(CancellationToken.None)) return 1;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64);
        return 0;
    }
}
