using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Ingest;

/// <summary>
/// Every line of a folder of public FHIR files is accounted for: TRIBUTARY_SHARED_DATA names it, or it lies beside the checkout as
/// <c>shared/data/fhir</c>; without it a small folder stands in.
/// </summary>
public sealed class SharedFolderTests
{
    [Fact]
    [Requirement("X2")]
    public async Task Every_line_is_a_row_or_a_reject()
    {
        await using var drop = await Drop.CreateAsync(Find());
        if (Find() is null)
        {
            drop.Write("Patient.ndjson", Drop.Patient("a"), "bad", "", Drop.Patient("b"));
            drop.Write("Encounter.ndjson", "{\"resourceType\":\"Encounter\",\"id\":\"e\"}");
        }
        var files = Directory.GetFiles(drop.Folder, "*.ndjson");
        drop.Types = [.. files.Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

        var total = Counts.None;
        foreach (var type in drop.Types) total += await drop.LoadAsync(type);

        var expected = files.Sum(file => File.ReadLines(file).LongCount(line => line.Length > 0));
        Assert.Equal(expected, total.Rows + total.Rejected);
        Assert.Equal(expected, await drop.Warehouse.ScalarAsync<decimal>("select sum(rows + rejects) from tributary.loaded_file"));
        foreach (var type in drop.Types) Assert.True((await drop.CheckAsync(type)).IsFresh);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRIBUTARY_SHARED_DATA") is { Length: > 0 } named) return Path.Combine(named, "fhir");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "fhir");
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}
