using System.Globalization;

namespace Tributary.Bench;

/// <summary>Prints ratios in columns and says whether all of them hold.</summary>
internal static class RatioTable
{
    /// <summary>Exit status: 0 when every ratio holds, else 1.</summary>
    public static int Print(IReadOnlyList<Ratio> rows)
    {
        Console.WriteLine($"{"what",-44} {"ours",10} {"limit",10} {"ratio",7} {"required",9}");
        foreach (var row in rows) Console.WriteLine(Line(row));
        return rows.All(row => row.Holds) ? 0 : 1;
    }

    private static string Line(Ratio row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Name,-44} {row.Ours,8:F2} {row.Unit,-1} {row.Limit,8:F2} {row.Unit,-1} {row.Value,7:F2} {row.Required,9:F2}{(row.Holds ? "" : "  MISSED")}");
}
