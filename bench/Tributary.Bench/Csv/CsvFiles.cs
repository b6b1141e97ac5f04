using System.Globalization;
using System.Text;

namespace Tributary.Bench.Csv;

/// <summary>CSV files of the bench, the same bytes for the same seed.</summary>
internal static class CsvFiles
{
    /// <summary>The columns of <see cref="WritePeople"/>.</summary>
    public const string PeopleTable = "id bigint primary key, name text, born date, changed timestamp, amount numeric, active boolean, score double precision, note text, city text, ref uuid";

    public const string ActivitiesTable = "id bigint primary key, type integer, changed timestamp, client bigint, data jsonb";

    private static readonly string[] Cities = ["Tāmaki Makaurau", "Ōtautahi", "Te Whanganui-a-Tara", "Kirikiriroa", "Ōtepoti", "Rotorua", "Whāngārei"];

    /// <summary>Ten columns; with <paramref name="changedShare"/>, so many of the rows have another amount than without.</summary>
    public static void WritePeople(string path, long rows, double changedShare = 0)
    {
        var random = new Random(1);
        var changes = new Random(2);
        using var file = Open(path);
        file.WriteLine("id,name,born,changed,amount,active,score,note,city,ref");
        for (var i = 1L; i <= rows; i++)
        {
            var born = new DateTime(1930, 1, 1).AddDays(random.Next(33_000));
            var changed = new DateTime(2026, 1, 1).AddSeconds(random.Next(5_000_000));
            var amount = random.Next(1_000_000) / 100m + (changes.NextDouble() < changedShare ? 1 : 0);
            file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{i},Person {random.Next(1_000_000)},{born:yyyy-MM-dd},{changed:yyyy-MM-dd HH:mm:ss},{amount:F2},{(random.Next(2) == 0 ? "true" : "false")},{random.NextDouble() * 100:F6},\"said \"\"{random.Next(1000)}\"\", then left\",{Cities[random.Next(Cities.Length)]},{Reference(random)}"));
        }
    }

    /// <summary>Activities with JSON of half a kilobyte; <paramref name="damagedShare"/> of them with swapped escapes or raw quotes, as they come, or mended.</summary>
    public static void WriteActivities(string path, long rows, double damagedShare, bool mended)
    {
        var random = new Random(3);
        using var file = Open(path);
        file.WriteLine("id,type,changed,client,data");
        for (var i = 1L; i <= rows; i++)
        {
            var changed = new DateTime(2026, 1, 1).AddSeconds(random.Next(5_000_000));
            var (open, close) = random.NextDouble() >= damagedShare ? ("", "") : mended ? ("\\\"", "\\\"") : random.Next(2) == 0 ? ("\"\\", "\"\\") : ("\"", "\"");
            var fields = string.Join(',', Enumerable.Range(1, 8).Select(n => $"\"Field{n}\":\"value {random.Next(1_000_000)} of some length, as people write\""));
            var json = $"{{\"RequestDate\":\"2026-01-{random.Next(1, 28):D2}\",\"Note\":\"he said {open}hello{close} today\",\"RequestAmountTotal\":{random.Next(100_000)},{fields}}}";
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i},{random.Next(60)},{changed:yyyy-MM-dd HH:mm:ss},{random.Next(40_000)},\"{json.Replace("\"", "\"\"")}\""));
        }
    }

    private static string Reference(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static StreamWriter Open(string path) => new(path, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
}
