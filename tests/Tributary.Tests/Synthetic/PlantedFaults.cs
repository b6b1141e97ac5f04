using System.Globalization;
using Tributary.Synthetic.Faults;

namespace Tributary.Tests.Synthetic;

/// <summary>Reads <c>faults.csv</c>.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<PlantedFault> Read(DirectoryInfo folder) =>
        [.. File.ReadLines(Path.Combine(folder.FullName, "faults.csv")).Skip(1).Select(line => line.Split(',')).Select(Parse)];

    private static PlantedFault Parse(string[] fields) =>
        new(fields[0], long.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[2], CultureInfo.InvariantCulture), fields[3]);
}
