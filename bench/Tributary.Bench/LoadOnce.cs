using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Bench;

/// <summary>One load in a process of its own, so that its peak of memory is its own: prints seconds and megabytes.</summary>
internal static class LoadOnce
{
    /// <summary><paramref name="from"/> is a folder, or the address of a FHIR server.</summary>
    public static async Task<int> RunAsync(string server, string from)
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(server), "bench");
        var loads = from.StartsWith("http", StringComparison.Ordinal) ? BenchLoads.OfServer(database, from) : new BenchLoads(database, from);
        var start = TimeProvider.System.GetTimestamp();
        await loads.LoadAsync("memory");
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds:F2} {self.PeakWorkingSet64 / 1e6:F1}"));
        return 0;
    }
}
