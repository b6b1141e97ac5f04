using System.Globalization;
using System.Text;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>What becomes of a field's text is what the server itself makes of it, for every type.</summary>
public sealed class FieldValueTests
{
    private const int Count = 3000;

    [Theory]
    [Requirement("K22")]
    [InlineData("smallint", "smallint")]
    [InlineData("integer", "integer")]
    [InlineData("bigint", "bigint")]
    [InlineData("numeric", "numeric")]
    [InlineData("double", "double precision")]
    [InlineData("boolean", "boolean")]
    [InlineData("date", "date")]
    [InlineData("timestamp", "timestamp")]
    [InlineData("timestamptz", "timestamptz")]
    [InlineData("uuid", "uuid")]
    [InlineData("json", "jsonb")]
    public async Task Values_are_those_that_the_server_reads(string type, string sql)
    {
        var random = new Random(type.Length * 31);
        var texts = Enumerable.Range(0, Count).Select(_ => Make(type, random)).ToArray();
        await using var world = await DropWorld.CreateAsync($"drops: {{ quiet: 0s }}\ndatasets:\n  t:\n    key: id\n    columns:\n      id: {{ type: integer }}\n      v: {{ type: {type} }}\n");
        world.Write("20260301/t.csv", "id,v\n" + string.Concat(texts.Select((text, i) => $"{i},\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));

        var done = await world.LoadAsync("t");

        Assert.Equal((Count, 0), (done.Counts.Inserted, done.Counts.Rejected));
        await world.Warehouse.ExecuteAsync($"create table expected as select id - 1 as id, text::{sql} as v from unnest($1::text[]) with ordinality as t (text, id)", (object)texts);
        Assert.Empty(await world.Warehouse.LinesAsync("select id, t.v::text, e.v::text from raw.t full join expected e using (id) where t.v::text is distinct from e.v::text"));
    }

    private static string Make(string type, Random random) => type switch
    {
        "smallint" => $"{random.Next(short.MinValue, short.MaxValue + 1)}",
        "integer" => $"{random.Next(int.MinValue, int.MaxValue)}",
        "bigint" => $"{random.NextInt64(long.MinValue, long.MaxValue)}",
        "numeric" => $"{(random.Next(2) == 0 ? "-" : "")}{Digits(random, random.Next(1, 40))}{(random.Next(3) == 0 ? "" : "." + Digits(random, random.Next(1, 40)))}",
        "double" => (random.NextDouble() * Math.Pow(10, random.Next(-300, 300))).ToString("R", CultureInfo.InvariantCulture),
        "boolean" => new[] { "true", "FALSE", "t", "f", "1", "0", "yes", "No", "y", "n", "on", "off" }[random.Next(12)],
        "date" => Day(random).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "timestamp" => Day(random).AddTicks(random.NextInt64(TimeSpan.TicksPerDay)).ToString(random.Next(2) == 0 ? "yyyy-MM-dd HH:mm:ss.fffffff" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        "timestamptz" => Day(random).AddTicks(random.NextInt64(TimeSpan.TicksPerDay)).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + new[] { "Z", "+13:00", "-03:30", "+00" }[random.Next(4)],
        "uuid" => Reference(random).ToString("DNB"[random.Next(3)].ToString()),
        _ => $"{{\"n\": {random.Next()}, \"t\": \"{new string('ā', random.Next(5))}\\n\\\"\", \"l\": [1.5e{random.Next(-20, 20)}, null, true]}}",
    };

    private static DateTime Day(Random random) => new DateTime(1, 1, 2).AddDays(random.Next(3_600_000));

    private static string Digits(Random random, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) text.Append((char)('0' + random.Next(4) switch { 0 => 0, 1 => 9, _ => random.Next(10) }));
        return text.ToString();
    }

    private static Guid Reference(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
