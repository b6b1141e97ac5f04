using System.Diagnostics;
using Tributary.Core.Exports;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

public sealed class ExportArchiveTests
{
    /// <summary>Over 4 GB (ZIP64) in the long run; a megabyte a row.</summary>
    private static readonly int Rows = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 4_400 : 4;

    [Fact]
    [Requirement("E45")]
    public async Task Standard_programs_read_entries_of_any_size()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var folder = Directory.CreateTempSubdirectory("zip64");
        var path = Path.Combine(folder.FullName, "x.zip");
        await using (var connection = await warehouse.OpenAsync())
        await using (var file = File.Create(path))
        await using (var hashed = new HashedStream(file))
        await using (var archive = await ExportArchive.CreateAsync(hashed, ExportWorld.AsOf, CancellationToken.None))
        {
            var copy = $"copy (select repeat('0123456789', 100000) as v from generate_series(1, {Rows})) to stdout (format csv, header)";
            var written = await archive.AddCsvAsync("big.csv", connection, copy, CsvLineEnd.Crlf, (_, _) => { }, CancellationToken.None);
            Assert.Equal((Rows, 3 + (Rows * 1_000_002L)), (written.Rows, written.Bytes));
            await archive.AddAsync("after.txt", "still here"u8.ToArray(), CancellationToken.None);
        }
        Assert.Equal(0, await ExitOfAsync("unzip", "-tq", path));
        Assert.Equal(0, await ExitOfAsync("python3", "-c",
            $"import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; assert z.getinfo('big.csv').file_size == {3 + (Rows * 1_000_002L)}; assert z.read('after.txt') == b'still here'", path));
        folder.Delete(recursive: true);
    }

    private static async Task<int> ExitOfAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
