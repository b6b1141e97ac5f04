using System.Text;
using System.Text.Json.Nodes;
using Tributary.Core.Graph;
using Tributary.Synthetic;
using Tributary.Synthetic.Engage;
using Tributary.Synthetic.Faults;

namespace Tributary.Tests.Live.Ingest;

/// <summary>
/// Every line of a folder of FHIR files is accounted for: of the public one that TRIBUTARY_SHARED_DATA names or that lies beside
/// the checkout as <c>shared/data/fhir</c>, else of the synthetic one.
/// </summary>
[Requirement("X2")]
public sealed class SharedFolderTests
{
    [Fact]
    public async Task Every_line_is_a_row_or_a_reject()
    {
        await using var drop = await Drop.CreateAsync();
        Prepare(drop.Folder, faults: 0);
        var nameless = Nameless(drop.Folder, []);

        var total = await LoadAllAsync(drop);

        var lines = Files(drop.Folder).Sum(file => File.ReadLines(file).LongCount());
        Assert.True(lines > 1000);
        Assert.Equal((lines - nameless.Count, nameless.Count), (total.Rows, total.Rejected));
        Assert.Equal(nameless, await PlacesAsync(drop));
        Assert.Equal([$"{lines}|{lines}"], await drop.Warehouse.LinesAsync("select sum(lines), sum(rows + rejects) from tributary.loaded_file"));
        foreach (var type in drop.Types) Assert.True((await drop.CheckAsync(type)).IsFresh);
    }

    [Fact]
    public async Task Ten_faulty_lines_are_ten_more_rejects_at_their_places()
    {
        await using var drop = await Drop.CreateAsync();
        Prepare(drop.Folder, faults: 10);
        var planted = File.ReadLines(Path.Combine(drop.Folder, "faults.csv")).Skip(1).Select(line => string.Join('|', line.Split(',')[..3])).ToHashSet();
        var nameless = Nameless(drop.Folder, planted);

        await LoadAllAsync(drop);

        Assert.Equal(10, planted.Count);
        Assert.Equal(new SortedSet<string>(planted.Concat(nameless), StringComparer.Ordinal), await PlacesAsync(drop));
    }

    // Some resources of the public folder have no id; whoever else parses JSON finds the same ones.
    private static SortedSet<string> Nameless(string folder, HashSet<string> except)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Files(folder))
        {
            var (number, offset) = (0L, 0L);
            foreach (var line in File.ReadLines(file, Encoding.Latin1))
            {
                var place = $"{Path.GetFileName(file)}|{++number}|{offset}";
                if (!except.Contains(place) && JsonNode.Parse(line)!["id"] is null) found.Add(place); // a line that was not spoilt is no null
                offset += line.Length + 1;
            }
        }
        return found;
    }

    private static async Task<SortedSet<string>> PlacesAsync(Drop drop) =>
        new(await drop.Warehouse.LinesAsync("select file, line, byte_offset from tributary_reject.reject"), StringComparer.Ordinal);

    private static async Task<Counts> LoadAllAsync(Drop drop)
    {
        drop.Types = [.. Files(drop.Folder).Select(file => Path.GetFileNameWithoutExtension(file)!)]; // a file has a name
        var total = Counts.None;
        foreach (var type in drop.Types) total += await drop.LoadAsync(type);
        return total;
    }

    private static void Prepare(string folder, int faults)
    {
        var from = new DirectoryInfo(Find() ?? Path.Combine(folder, "synthetic"));
        if (!from.Exists) EngageFhir.Write(from, new SyntheticOptions(Scale: 0.2));
        CorruptCopy.Write(from, new DirectoryInfo(folder), seed: 3, faults);
        if (from.FullName.StartsWith(folder, StringComparison.Ordinal)) from.Delete(recursive: true);
    }

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder, "*.ndjson").Order(StringComparer.Ordinal)];

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
