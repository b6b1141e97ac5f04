using System.Text;
using System.Text.Json;
using Tributary.Synthetic;
using Tributary.Synthetic.Kotahi;

namespace Tributary.Tests.Synthetic;

public sealed class KotahiDropsTests : IDisposable
{
    private static readonly SyntheticOptions Small = new(Seed: 3, Scale: 0.002);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Requirement("K2", "K3", "X10")]
    public void A_clean_drop_has_every_dataset_and_seven_nights_have_seven_drops()
    {
        var folder = Write("clean", Small with { Clean = true });
        Assert.Equal(7, folder.GetDirectories("karo_*").Length);
        Assert.All(folder.GetDirectories("karo_*"), drop => Assert.Equal(35, drop.GetFiles("*.csv").Length));
        Assert.Empty(Faults(folder));
        Assert.Equal(
            ["karo_upload20260301000512", "karo_upload20260302000512", "karo_upload20260303000512", "karo_upload20260304000512", "karo_upload20260305000512", "karo_upload20260306000512", "karo_upload20260307000512"],
            folder.GetDirectories("karo_*").Select(drop => drop.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Same_options_give_the_same_bytes()
    {
        var (first, second) = (Write("first", Small), Write("second", Small));
        foreach (var file in first.GetFiles("*", SearchOption.AllDirectories).Where(file => file.Extension != ".gz"))
            Assert.Equal(File.ReadAllBytes(file.FullName), File.ReadAllBytes(Path.Combine(second.FullName, Path.GetRelativePath(first.FullName, file.FullName))));
    }

    [Fact, Requirement("K4")]
    public void The_first_drop_holds_all_activities_and_the_others_what_is_new_or_changed()
    {
        var folder = Write("deltas", Small with { Clean = true });
        var drops = folder.GetDirectories("karo_*").OrderBy(drop => drop.Name, StringComparer.Ordinal).Select(drop => Ids(drop)).ToList();
        Assert.Equal(4_000, drops[0].Count);
        var known = drops[0].ToHashSet();
        foreach (var delta in drops.Skip(1))
        {
            Assert.InRange(delta.Count, 25, 40);
            Assert.NotEmpty(delta.Intersect(known));
            Assert.Equal(20, delta.Except(known).Count());
            known.UnionWith(delta);
        }

        static List<string> Ids(DirectoryInfo drop) => [.. Lines(drop, "Activities.csv").Skip(1).Where(line => char.IsAsciiDigit(line.FirstOrDefault())).Select(line => line.Split(',')[0])];
    }

    [Fact, Requirement("K27")]
    public void Every_fault_begins_where_the_manifest_says()
    {
        var folder = Write("faults", Small);
        var placed = Faults(folder).Where(fault => fault.Line is not null && File.Exists(PathOf(folder, fault)) && !fault.File.EndsWith(".gz", StringComparison.Ordinal)).ToList();
        Assert.True(placed.Count > 150);
        foreach (var file in placed.GroupBy(fault => PathOf(folder, fault)))
        {
            var bytes = File.ReadAllBytes(file.Key);
            foreach (var fault in file)
            {
                var offset = (int)fault.Offset!.Value; // placed faults have both
                Assert.Equal(fault.Line, bytes.AsSpan(0, offset).Count((byte)'\n') + 1);
                Assert.Equal((byte)'\n', bytes[offset - 1]);
                var record = Encoding.Latin1.GetString(bytes, offset, Math.Min(20, bytes.Length - offset));
                if (fault.Kind != "missing_key") Assert.StartsWith(fault.Kind == "bad_key" ? $"A{fault.Key}" : $"{fault.Key},", record, StringComparison.Ordinal);
            }
        }
    }

    [Fact, Requirement("K13", "K14", "K15", "K20", "K22")]
    public void The_faults_of_files_are_there_and_the_sixth_night_comes_last()
    {
        var folder = Write("files", Small);
        var kinds = Faults(folder).Where(fault => fault.Scope == "file").Select(fault => fault.Kind).ToHashSet();
        Assert.Superset(
            new HashSet<string> { "unknown_file", "missing_file", "empty_file", "header_only", "shrunk", "new_column", "dropped_column", "doubled_column", "renamed_file", "doubled_file", "reordered_columns", "packed" },
            kinds);
        using var arrivals = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "drops.json")));
        var names = arrivals.RootElement.EnumerateArray().Select(drop => drop.GetProperty("drop").GetString()).ToList();
        Assert.Equal(8, names.Count);
        Assert.Equal("karo_upload20260306000512", names[^1]);
        Assert.Contains("karo_upload20260305093000", names);
    }

    [Theory, Requirement("K23")]
    [InlineData("swapped_escape", "{\"Comment\":\"he said \"\\hello\"\\\"}")]
    [InlineData("inner_quotes", "{\"Comment\":\"he said \"hello\"\"}")]
    public void Json_is_damaged_as_karo_damages_it(string kind, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonDamage.Make(kind, "{\"Comment\":\"he said \\\"hello\\\"\"}"u8)));

    [Fact]
    public void Damaged_json_is_not_json()
    {
        foreach (var kind in JsonDamage.Kinds)
            Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(JsonDamage.Make(kind, "{\"Comment\":\"he said \\\"hello\\\",\\nand left\"}"u8)));
    }

    private static IReadOnlyList<DropFault> Faults(DirectoryInfo folder) =>
        JsonSerializer.Deserialize<List<DropFault>>(File.ReadAllText(Path.Combine(folder.FullName, "faults.json")), JsonSerializerOptions.Web)!; // never the text null

    private static string PathOf(DirectoryInfo folder, DropFault fault) => Path.Combine(folder.FullName, fault.Drop, fault.File);

    private static string[] Lines(DirectoryInfo drop, string file) => File.ReadAllLines(Path.Combine(drop.FullName, file));

    private DirectoryInfo Write(string name, SyntheticOptions options)
    {
        var folder = _folder.Sub(name);
        KotahiDrops.Write(folder, options);
        return folder;
    }
}
