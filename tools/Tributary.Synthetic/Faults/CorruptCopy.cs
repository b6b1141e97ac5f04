using System.Text;

namespace Tributary.Synthetic.Faults;

/// <summary>Copies a folder of NDJSON files and puts faulty lines in the place of some good ones.</summary>
public static class CorruptCopy
{
    /// <summary>
    /// Copies every <c>Type.ndjson</c> with <paramref name="faults"/> of its lines replaced in all, and writes <c>faults.csv</c>.
    /// The number of lines stays; which ones are hit depends on the seed alone.
    /// </summary>
    public static void Write(DirectoryInfo from, DirectoryInfo to, long seed, int faults)
    {
        to.Create();
        var files = from.GetFiles("*.ndjson").OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var targets = Choose([.. files.Select(file => File.ReadLines(file.FullName).Count())], seed, faults);
        List<PlantedFault> planted = [];
        for (var i = 0; i < files.Count; i++) planted.AddRange(Copy(files[i], to, targets[i]));
        FaultPlan.Write(to, planted);
    }

    /// <summary>Draws different lines of all files and gives each the next kind of fault.</summary>
    private static List<Dictionary<int, (string Kind, string Id)>> Choose(IReadOnlyList<int> lines, long seed, int faults)
    {
        var all = lines.Sum();
        if (faults > all) throw new FormatException($"--faults {faults} is more than the {all} lines there are.");
        var targets = lines.Select(_ => new Dictionary<int, (string, string)>()).ToList();
        var chance = Chance.Of(seed, "corrupt", 0);
        for (var planted = 0; planted < faults;)
        {
            var (line, file) = (chance.Below(all), 0);
            for (; line >= lines[file]; file++) line -= lines[file];
            if (targets[file].TryAdd(line + 1, (FaultyLine.Kinds[planted % FaultyLine.Kinds.Count], chance.Uuid()))) planted++;
        }

        return targets;
    }

    private static IEnumerable<PlantedFault> Copy(FileInfo file, DirectoryInfo to, Dictionary<int, (string Kind, string Id)> targets)
    {
        using var output = new BufferedStream(File.Create(Path.Combine(to.FullName, file.Name)), 1 << 16);
        var (number, offset) = (0, 0L);
        foreach (var line in File.ReadLines(file.FullName, Encoding.Latin1))
        {
            number++;
            var isTarget = targets.TryGetValue(number, out var fault);
            var bytes = isTarget ? FaultyLine.Make(fault.Kind, Path.GetFileNameWithoutExtension(file.Name), fault.Id) : Encoding.Latin1.GetBytes(line);
            if (isTarget) yield return new PlantedFault(file.Name, number, offset, fault.Kind);
            output.Write(bytes);
            output.WriteByte((byte)'\n');
            offset += bytes.Length + 1;
        }
    }
}
