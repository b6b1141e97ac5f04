using System.Globalization;

namespace Tributary.Synthetic.Faults;

/// <summary>Where the faulty lines go: beside the good ones, so that the good lines are the same with and without faults.</summary>
internal sealed class FaultPlan
{
    private readonly ILookup<string, Place> _byType;

    /// <summary>Plans the faults over the types in turn; <paramref name="lines"/> gives the good lines of a type.</summary>
    public FaultPlan(SyntheticOptions options, IReadOnlyList<string> types, Func<string, int> lines) =>
        _byType = Enumerable.Range(0, options.Faults)
            .Select(i => Choose(Chance.Of(options.Seed, "fault", i), i, types[i % types.Count], lines))
            .OrderBy(fault => fault.Place.AfterGoodLine)
            .ToLookup(fault => fault.Type, fault => fault.Place);

    /// <summary>A faulty line that comes after so many good ones.</summary>
    internal sealed record Place(int AfterGoodLine, string Kind, byte[] Bytes);

    public IEnumerable<Place> Of(string type) => _byType[type];

    /// <summary>Writes <c>faults.csv</c>: file, line, offset and kind of every planted line. (A .json file would read as a Bundle.)</summary>
    public static void Write(DirectoryInfo folder, IEnumerable<PlantedFault> planted) => File.WriteAllText(
        Path.Combine(folder.FullName, "faults.csv"),
        string.Concat(planted.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.File},{fault.Line},{fault.Offset},{fault.Kind}\n")).Prepend("file,line,offset,kind\n")));

    private static (string Type, Place Place) Choose(Chance chance, int number, string type, Func<string, int> lines)
    {
        var kind = FaultyLine.Kinds[number % FaultyLine.Kinds.Count];
        return (type, new Place(chance.Below(lines(type) + 1), kind, FaultyLine.Make(kind, type, chance.Uuid())));
    }
}
