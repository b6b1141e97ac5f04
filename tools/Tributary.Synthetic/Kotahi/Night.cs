namespace Tributary.Synthetic.Kotahi;

/// <summary>One drop: which night's state it holds, and what is wrong with its files.</summary>
internal sealed record Night(int Number, DateTime DroppedAt)
{
    /// <summary>The faults of files, by the file's name.</summary>
    public IReadOnlyDictionary<string, string> FileFaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether field and JSON damage is planted.</summary>
    public bool IsDamaged { get; init; }

    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"karo_upload{DroppedAt:yyyyMMddHHmmss}");

    public bool Has(string file, string fault) => FileFaults.GetValueOrDefault(file) == fault;

    /// <summary>The drops in the order of their timestamps: one a night, and a second one that repairs the fifth night's.</summary>
    public static IEnumerable<Night> Plan(SyntheticOptions options)
    {
        for (var night = 0; night < options.Days; night++)
        {
            yield return new Night(night, KotahiWorld.DroppedAt(night)) { IsDamaged = !options.Clean, FileFaults = options.Clean ? None : FaultsOf(night) };
            if (night == 4 && !options.Clean) yield return new Night(night, KotahiWorld.First.AddDays(night).AddHours(9.5)) { IsDamaged = true, FileFaults = Styles };
        }
    }

    /// <summary>The order in which they arrive: the sixth night's comes behind the seventh's.</summary>
    public static IReadOnlyList<Night> Arrivals(SyntheticOptions options)
    {
        var nights = Plan(options).ToList();
        var late = nights.FindIndex(night => night.Number == 5);
        if (!options.Clean && late >= 0 && late + 1 < nights.Count) (nights[late], nights[late + 1]) = (nights[late + 1], nights[late]);
        return nights;
    }

    private static readonly Dictionary<string, string> None = [];

    private static readonly Dictionary<string, string> Styles = new() { ["Clients"] = "bom", ["Users"] = "crlf" };

    private static Dictionary<string, string> FaultsOf(int night) => night switch
    {
        1 => new(Styles) { ["ClientTasks"] = "reordered_columns", ["Notes_backup"] = "unknown_file" },
        2 => new(Styles) { ["UserLocalities"] = "missing_file", ["ClientRelationshipParticipants"] = "packed" },
        3 => new(Styles) { ["Dhbs"] = "empty_file", ["Iwi"] = "header_only" },
        4 => new(Styles) { ["Clients"] = "shrunk", ["Users"] = "new_column" },
        5 => new(Styles) { ["Services"] = "renamed_file", ["ClientTasks"] = "doubled_file", ["ClientCorrespondence"] = "doubled_column" },
        6 => new(Styles) { ["Providers"] = "dropped_column" },
        _ => new(Styles),
    };
}
