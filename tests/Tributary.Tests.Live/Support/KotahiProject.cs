using System.Text.Json;
using Tributary.Synthetic;
using Tributary.Synthetic.Kotahi;

namespace Tributary.Tests.Live.Support;

/// <summary>The example <c>kotahi</c> with its own synthetic drops, which arrive one after another.</summary>
internal sealed class KotahiProject : ExampleProject
{
    private KotahiProject(DirectoryInfo folder, TestDatabase warehouse) : base(folder, warehouse)
    {
    }

    /// <summary>Where the drops are made.</summary>
    public DirectoryInfo Made => new(At("made"));

    /// <summary>Where the source looks for them.</summary>
    public DirectoryInfo Drops => new(At("data"));

    /// <summary>The drops in the order in which they arrive, with the good records of each file.</summary>
    public IReadOnlyList<(string Drop, IReadOnlyDictionary<string, long> Rows)> Arrivals { get; private init; } = [];

    /// <summary>What else the project finds in its environment.</summary>
    public Dictionary<string, string> Further { get; } = [];

    public override Dictionary<string, string> Environment => new(Further)
    {
        ["KOTAHI_DROPS"] = Drops.FullName,
        ["INDICI_DROPS"] = Path.Combine(Made.FullName, "indici"),
        ["KOTAHI_QUIET"] = "0s",
        ["KOTAHI_PATIENCE"] = "0s",
        ["KOTAHI_TEST_PASSWORD"] = Warehouse.Address.Password!, // the test server always has one
    };

    public static async Task<KotahiProject> CreateAsync(SyntheticOptions options)
    {
        var (folder, warehouse) = await PrepareAsync("kotahi", "KOTAHI_TEST_PASSWORD", "kotahi");
        var made = folder.CreateSubdirectory("made");
        folder.CreateSubdirectory("data");
        KotahiDrops.Write(made, options);
        return new KotahiProject(folder, warehouse) { Arrivals = ReadArrivals(Path.Combine(made.FullName, "drops.json")) };
    }

    /// <summary>Lets a drop arrive.</summary>
    public void Deliver(string drop) => Directory.Move(Path.Combine(Made.FullName, drop), Path.Combine(Drops.FullName, drop));

    public void DeliverAll()
    {
        foreach (var (drop, _) in Arrivals) Deliver(drop);
    }

    private static List<(string, IReadOnlyDictionary<string, long>)> ReadArrivals(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        return [.. file.RootElement.EnumerateArray().Select(drop => (drop.GetProperty("drop").GetString()!, // always written
            (IReadOnlyDictionary<string, long>)drop.GetProperty("rows").EnumerateObject().ToDictionary(row => row.Name, row => row.Value.GetInt64())))];
    }
}
