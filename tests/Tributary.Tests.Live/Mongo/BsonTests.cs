using System.Runtime.InteropServices;
using Tributary.Connectors.Mongo;

namespace Tributary.Tests.Live.Mongo;

/// <summary>What our writer makes, read by MongoDB's own library: an encoder and a decoder of ours could agree on a mistake.</summary>
public sealed partial class BsonTests
{
    [Fact]
    [Requirement("M33")]
    public async Task Every_type_of_the_warehouse_becomes_what_MongoDB_s_own_library_reads()
    {
        const string Table = """
            create table m.kinds as select 'k' as id, null::text as nothing, true as truth, 7::smallint as small, 2147483647 as whole, 9007199254740993 as long,
                1.5::float8 as real, 12.340::numeric as exact, 'Åsa "q"' as text, date '2024-02-29' as day, timestamptz '2024-02-29 23:59:59.9999+00' as instant,
                timestamp '1969-12-31 23:59:59.999' as local, '{"a": [1, 2.50, null, {"b": false}], "big": 12345678901}'::jsonb as doc, array[1, 2] as list,
                '\x00ff'::bytea as bytes, '0b9bd7cc-8c04-4b5d-a6a3-7a0f9c1f3a11'::uuid as uid, '65a0f1e2d3c4b5a697887766' as oid, interval '1 day' as span
            """;
        await using var world = await ChartWorld.CreateAsync(Table, "kinds");
        await world.PushAsync(ChartWorld.Wipe() with { Key = ["id"], ObjectIds = ["oid"] }, "kinds");
        var document = Assert.Single(world.Server.Store.Read("tributary.monthly_submissions"));
        var json = Canonical(new Bson(document.Fields.Where(field => !field.Name.StartsWith('_'))).ToBytes());
        Assert.Equal("""
            { "id" : "k", "nothing" : null, "truth" : true, "small" : { "$numberInt" : "7" }, "whole" : { "$numberInt" : "2147483647" }, "long" : { "$numberLong" : "9007199254740993" }, "real" : { "$numberDouble" : "1.5" }, "exact" : { "$numberDecimal" : "12.340" }, "text" : "Åsa \"q\"", "day" : { "$date" : { "$numberLong" : "1709164800000" } }, "instant" : { "$date" : { "$numberLong" : "1709251199999" } }, "local" : { "$date" : { "$numberLong" : "-1" } }, "doc" : { "a" : [ { "$numberInt" : "1" }, { "$numberDecimal" : "2.50" }, null, { "b" : false } ], "big" : { "$numberLong" : "12345678901" } }, "list" : [ { "$numberInt" : "1" }, { "$numberInt" : "2" } ], "bytes" : { "$binary" : { "base64" : "AP8=", "subType" : "00" } }, "uid" : "0b9bd7cc-8c04-4b5d-a6a3-7a0f9c1f3a11", "oid" : { "$oid" : "65a0f1e2d3c4b5a697887766" }, "span" : "1 day" }
            """, json);
    }

    [Fact]
    public void Decimals_are_what_MongoDB_s_own_library_makes_of_them()
    {
        var random = new Random(8);
        for (var i = 0; i < 3000; i++)
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 35)).Select(_ => random.Next(10)));
            var scale = random.Next(0, digits.Length);
            var text = $"{(random.Next(2) == 0 ? "-" : "")}{digits[..^scale]}{(scale > 0 ? "." + digits[^scale..] : "")}";
            var ours = Decimal128.Parse(text)!.Value;
            var theirs = Theirs(text);
            Assert.True(theirs == ours, $"{text}: {ours} {theirs}");
        }
        foreach (var text in new[] { "0", "0.00", "1e6111", "1E-6176", "9999999999999999999999999999999999", "NaN", "Infinity", "-Infinity", "1e6140" })
        {
            Assert.Equal(Theirs(text), Decimal128.Parse(text));
        }
        foreach (var text in new[] { "12345678901234567890123456789012345", "1e7000", "", "x", "1.2.3", "1e" }) Assert.Null(Decimal128.Parse(text));
    }

    [Fact]
    public void Bytes_that_are_no_document_are_refused_whatever_they_are()
    {
        var good = new Bson(("a", 1), ("b", new Bson(("c", "text"), ("d", new object?[] { 1L, null, true }))), ("e", new byte[] { 1, 2 })).ToBytes();
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = good.ToArray();
            for (var flip = random.Next(1, 4); flip > 0; flip--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => Bson.Read(bytes.AsSpan(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length))));
            Assert.True(error is null or InvalidDataException, error?.ToString());
        }
    }

    private static unsafe Decimal128 Theirs(string text)
    {
        var halves = stackalloc ulong[2];
        Assert.True(FromText(text, halves), text);
        return new Decimal128(halves[0], halves[1]);
    }

    private static unsafe string Canonical(byte[] document)
    {
        fixed (byte* data = document)
        {
            var holder = NativeMemory.AlignedAlloc(128, 128);
            Assert.True(InitStatic(holder, data, (nuint)document.Length));
            var text = ToJson(holder, null);
            var json = Marshal.PtrToStringUTF8(text)!;
            Free(text);
            NativeMemory.AlignedFree(holder);
            return json;
        }
    }

    [LibraryImport("libbson-1.0.so.0", EntryPoint = "bson_init_static")]
    [return: MarshalAs(UnmanagedType.U1)]
    private static unsafe partial bool InitStatic(void* document, byte* data, nuint length);

    [LibraryImport("libbson-1.0.so.0", EntryPoint = "bson_as_canonical_extended_json")]
    private static unsafe partial nint ToJson(void* document, nuint* length);

    [LibraryImport("libbson-1.0.so.0", EntryPoint = "bson_free")]
    private static partial void Free(nint memory);

    [LibraryImport("libbson-1.0.so.0", EntryPoint = "bson_decimal128_from_string", StringMarshalling = StringMarshalling.Utf8)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static unsafe partial bool FromText(string text, ulong* halves);
}
