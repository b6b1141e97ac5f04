using System.Globalization;
using System.Text;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>Damaged files and fields, one named case each: the rows, the rejects with line and byte, and what is said.</summary>
public sealed partial class DamageMatrixTests
{
    private const string Plain = """
        datasets:
          t:
            key: id
            columns:
              id: { header: [ID, Ident], type: bigint }
              name: { header: Name }
              born: { header: Born, type: date, formats: [yyyy-MM-dd, d/M/yyyy], on_bad: set_null }
              sum: { header: Sum, type: numeric, nulls: N/A, thousands: "," }
              data: { header: Data, type: json, repair: true }
        """;

    private const string Header = "ID,Name,Born,Sum,Data\n";

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory, MemberData(nameof(Names))]
    [Requirement("K14", "K21", "K22", "K23", "K27", "K28")]
    public async Task Case(string name)
    {
        var one = Cases.Single(one => one.Name == name);
        await using var world = await DropWorld.CreateAsync("raw: { schema: k }\ndrops: { pattern: \"d{timestamp}\", quiet: 0s, patience: 0s" + one.Drops + " }\n" + one.Yaml);
        foreach (var (file, bytes) in one.Before) world.Write("d20260301/" + file, bytes);
        if (one.Before.Count > 0) await world.LoadAsync("t");
        foreach (var (file, bytes) in one.Files) world.Write("d20260302/" + file, bytes);

        var said = one.IsHeld ? await world.HeldAsync("t") : (await world.LoadAsync("t")).Note ?? "";

        var isThere = await world.Warehouse.ScalarAsync<bool>("select to_regclass('k.t') is not null");
        var rows = isThere ? await world.Warehouse.LinesAsync($"select {one.Select} from k.t order by 1") : [];
        Assert.Equal(one.Rows, string.Join("; ", rows));
        Assert.Equal(one.Rejects, string.Join("; ", await world.Warehouse.LinesAsync("""
            select line || '@' || byte_offset || ' ' || reason from tributary_reject.reject where status in ('open', 'noted') order by line, reason
            """)));
        Assert.Contains(one.Says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Hemi", said, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_sixty_cases() => Assert.True(Cases.Count >= 60, Cases.Count.ToString(CultureInfo.InvariantCulture));

    private sealed record DamageCase(string Name, IReadOnlyList<(string File, byte[] Bytes)> Files, string Rows, string Rejects = "", string Says = "")
    {
        public string Yaml { get; init; } = Plain;

        public string Drops { get; init; } = "";

        public string Select { get; init; } = "id, name";

        public bool IsHeld { get; init; }

        public IReadOnlyList<(string File, byte[] Bytes)> Before { get; init; } = [];
    }

    private static DamageCase Text(string name, string text, string rows, string rejects = "", string says = "") =>
        new(name, [("t.csv", Encoding.UTF8.GetBytes(text))], rows, rejects, says);

    private static DamageCase Field(string name, string record, string rows, string rejects = "", string says = "") =>
        Text(name, Header + record + "\n", rows, rejects, says) with { Select = "id, name, born::text, sum::text, data" };

    private static DamageCase Held(string name, string says, params (string File, string Text)[] files) =>
        new(name, [.. files.Select(file => (file.File, Encoding.UTF8.GetBytes(file.Text)))], "", Says: says) { IsHeld = true };

    private static string With(string key, string value) => Plain.Replace("key: id", $"key: id\n    {key}: {value}");

    private static string Format(string format) => $"csv: {format}\n{Plain}";
}
