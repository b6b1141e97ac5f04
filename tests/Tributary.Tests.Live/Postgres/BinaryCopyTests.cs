using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres;

public sealed class BinaryCopyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_of_every_type_arrive_as_they_were()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table t (a text, b jsonb, c timestamptz, d bigint, e int, f boolean, g bytea)");
        await using var connection = await warehouse.OpenAsync();
        await using (var copy = await BinaryCopy.BeginAsync(connection, new("public", "t"), ["a", "b", "c", "d", "e", "f", "g"], Cancel))
        {
            copy.StartRow();
            copy.Text("Zoë"u8);
            copy.Jsonb("""{"b": 1.50, "a": "ü"}"""u8);
            copy.Timestamp(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.FromHours(2)).AddTicks(1_234_560));
            copy.Bigint(long.MinValue);
            copy.Integer(-7);
            copy.Boolean(true);
            copy.Bytes([0, 255]);
            copy.StartRow();
            for (var i = 0; i < 7; i++) copy.Null();
            Assert.Equal(2, await copy.CompleteAsync(Cancel));
        }

        Assert.Equal(
            ["Zoë|{\"a\": \"ü\", \"b\": 1.50}|2025-12-31 21:59:59.123456|-9223372036854775808|-7|True|00ff", "∅|∅|∅|∅|∅|∅|∅"],
            await warehouse.LinesAsync("select a, b::text, (c at time zone 'UTC')::text, d, e, f, encode(g, 'hex') from t"));
    }

    [Fact]
    public async Task Rows_larger_than_the_buffer_and_many_flushes_arrive()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table t (n bigint, a text)");
        await using var connection = await warehouse.OpenAsync();
        var large = new byte[3 * BinaryCopy.FlushBytes];
        large.AsSpan().Fill((byte)'x');
        await using (var copy = await BinaryCopy.BeginAsync(connection, new("public", "t"), ["n", "a"], Cancel))
        {
            for (var i = 0; i < 20; i++)
            {
                copy.StartRow();
                copy.Bigint(i);
                copy.Text(large.AsSpan(0, i % 2 == 0 ? large.Length : 10));
                if (copy.IsFull) await copy.FlushAsync(Cancel);
            }
            await copy.CompleteAsync(Cancel);
        }

        Assert.Equal(["20|190|7864420"], await warehouse.LinesAsync("select count(*), sum(n), sum(length(a)) from t"));
    }

    [Fact]
    public async Task A_copy_that_is_not_completed_leaves_no_rows()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table t (a text)");
        await using var connection = await warehouse.OpenAsync();
        await using (var copy = await BinaryCopy.BeginAsync(connection, new("public", "t"), ["a"], Cancel))
        {
            copy.StartRow();
            copy.Text("x"u8);
            await copy.FlushAsync(Cancel);
        }

        Assert.Equal(0, await warehouse.ScalarAsync<long>("select count(*) from t"));
        await using var still = new NpgsqlCommand("select 1", connection);
        Assert.Equal(1, await still.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task What_the_server_refuses_is_thrown_and_the_connection_stays_usable()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table t (a jsonb)");
        await using var connection = await warehouse.OpenAsync();
        await using (var copy = await BinaryCopy.BeginAsync(connection, new("public", "t"), ["a"], Cancel))
        {
            copy.StartRow();
            copy.Jsonb("{nonsense"u8);
            await Assert.ThrowsAsync<PostgresException>(() => copy.CompleteAsync(Cancel));
        }

        await using var still = new NpgsqlCommand("select 1", connection);
        Assert.Equal(1, await still.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Csv_comes_out_as_bytes_and_may_be_left_in_the_middle()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await using var connection = await warehouse.OpenAsync();
        await using (var rows = await CopyOut.OpenAsync(connection, "copy (select 1 as a, 'é' as b) to stdout (format csv, header)", Cancel))
        {
            using var text = new StreamReader(rows);
            Assert.Equal("a,b\n1,é\n", await text.ReadToEndAsync(Cancel));
        }
        await using (var rows = await CopyOut.OpenAsync(connection, "copy (select generate_series(1, 1000000)) to stdout (format csv)", Cancel))
        {
            Assert.Equal(10, await rows.ReadAtLeastAsync(new byte[10], 10, cancellationToken: Cancel));
        }
        await using var still = new NpgsqlCommand("select 1", connection);
        Assert.Equal(1, await still.ExecuteScalarAsync(Cancel));
    }
}
