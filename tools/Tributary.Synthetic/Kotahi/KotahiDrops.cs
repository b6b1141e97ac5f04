using System.Text.Json;

namespace Tributary.Synthetic.Kotahi;

/// <summary>
/// Makes the nightly drops of the kotahi example, each a folder <c>karo_upload&lt;timestamp&gt;</c> of 35 CSV files, and beside them
/// <c>faults.json</c>, what is wrong and where, and <c>drops.json</c>, the drops in the order in which they arrive with the good records of each file,
/// and <c>indici/</c>, an extract of the practice system to link with.
/// </summary>
public static class KotahiDrops
{
    /// <summary>Writes them into a folder that is made if missing, in constant memory.</summary>
    public static void Write(DirectoryInfo folder, SyntheticOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        folder.Create();
        var world = new KotahiWorld(options);
        using var manifest = new FaultManifest(folder);
        var activities = new ActivityData(world, manifest);
        Dataset[] datasets =
        [
            Dataset.Of(ActivityData.FileName, ActivityData.Columns, activities.Write), .. ReferenceData.All(world), .. new PeopleData(world).All(),
            .. new ServiceData(world).All(), .. new FamilyData(world).All(),
        ];
        var rows = Night.Plan(options).ToDictionary(night => night.Name, night => WriteNight(folder.CreateSubdirectory(night.Name), night, datasets, manifest), StringComparer.Ordinal);
        WriteArrivals(folder, options, rows);
        IndiciPatients.Write(folder.CreateSubdirectory("indici"), options);
    }

    private static Dictionary<string, long> WriteNight(DirectoryInfo folder, Night night, IReadOnlyList<Dataset> datasets, FaultManifest manifest)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var dataset in datasets)
        {
            var drop = new DropWriter(folder, night, dataset, manifest);
            if (drop.Write() is { } written) rows[dataset.Name] = written;
        }
        foreach (var unknown in night.FileFaults.Where(fault => fault.Value == "unknown_file").Select(fault => fault.Key))
        {
            File.WriteAllText(Path.Combine(folder.FullName, $"{unknown}.csv"), "Note\nnobody declared this file\n");
            manifest.Add(new DropFault(night.Name, $"{unknown}.csv", "file", "unknown_file", "noted"));
        }
        return rows;
    }

    private static void WriteArrivals(DirectoryInfo folder, SyntheticOptions options, Dictionary<string, Dictionary<string, long>> rows)
    {
        using var file = File.Create(Path.Combine(folder.FullName, "drops.json"));
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var night in Night.Arrivals(options))
        {
            json.WriteStartObject();
            json.WriteString("drop", night.Name);
            json.WriteStartObject("rows");
            foreach (var (name, count) in rows[night.Name]) json.WriteNumber(name, count);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
