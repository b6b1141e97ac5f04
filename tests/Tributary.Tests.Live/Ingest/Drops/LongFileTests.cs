using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>A file of 5 GB in <c>./test long</c>, and of 40 MB else, in a process of its own: its memory does not grow with the file.</summary>
public sealed class LongFileTests
{
    private static readonly long Length = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 5_000_000_000 : 40_000_000;

    private const string Yaml = """
        kind: csv_drops
        path: .
        raw: { schema: raw }
        drops: { pattern: "d{timestamp}", quiet: 0s, patience: 0s }
        datasets:
          people:
            key: id
            columns:
              id: { type: bigint, required: true }
              born: { type: date, on_bad: set_null }
              weight: { type: numeric }
              isactive: { type: boolean }
              seen: { type: timestamp }
              data: { type: json, repair: true }
              name:
              town:
              address:
              notes:
        """;

    [Fact]
    [Requirement("X15")]
    public async Task Memory_does_not_grow_with_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("tributary-long-").FullName;
        try
        {
            var file = Path.Combine(folder, "karo.yml");
            await File.WriteAllTextAsync(file, Yaml, TestContext.Current.CancellationToken);
            var rows = await WriteAsync(Path.Combine(folder, "d20260301", "people.csv"));
            await using var warehouse = await TestDatabase.CreateAsync();
            var watch = TimeProvider.System.GetTimestamp();

            var peak = await RunAsync(warehouse, file);

            TestContext.Current.SendDiagnosticMessage("{0} rows of {1} bytes in {2:0.0} s, at most {3:0} MB", rows, Length, TimeProvider.System.GetElapsedTime(watch).TotalSeconds, peak / 1e6);
            Assert.Equal(rows - rows / 1000, await warehouse.ScalarAsync<long>("select count(*) from raw.people"));
            Assert.Equal(rows / 1000, await warehouse.ScalarAsync<long>("select count(*) from tributary_reject.reject where status = 'open'"));
            Assert.True(peak < 250_000_000, $"{peak / 1_000_000} MB for a file of {Length / 1_000_000} MB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One record in a thousand is bad, one has a bad date, one has damaged JSON.</summary>
    private static async Task<long> WriteAsync(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a file in a folder
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        await file.WriteAsync("id,born,weight,isactive,seen,data,name,town,address,notes\n");
        var notes = new string('n', 200);
        var (rows, written) = (0L, 0L);
        var line = new StringBuilder();
        while (written < Length)
        {
            rows++;
            line.Clear();
            line.Append(CultureInfo.InvariantCulture, $"{(rows % 1000 == 0 ? "none" : rows)},{(rows % 1000 == 1 ? "N/A" : "1990-03-04")},{rows % 97}.5,true,2026-03-01 08:09:10,");
            line.Append(CultureInfo.InvariantCulture, $"\"{{\"\"a\"\":\"\"{(rows % 1000 == 2 ? "said \"\"hi\"\" there" : "x")}\"\",\"\"n\"\":{rows}}}\",\"Name, {rows}\",Tāmaki Makaurau,\"{rows} Long Road\nFlat 2\",{notes}\n");
            written += line.Length;
            await file.WriteAsync(line);
        }
        return rows;
    }

    private static async Task<long> RunAsync(TestDatabase warehouse, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["drop-host", warehouse.Address.ConnectionString, file]) { RedirectStandardOutput = true }; // a test executable has a path
        using var child = Process.Start(start)!;
        var lines = (await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(lines[^1], CultureInfo.InvariantCulture);
    }
}
